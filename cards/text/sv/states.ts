/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'ingen har begärt ett pris än',
  drafting: 'en plan väljs',
  quoting: 'priset begärs',
  quoted: 'det väntar på ett godkännande',
  purchasing: 'den köps',
  provisioning: 'den köps',
  purchased: 'den är köpt och licenserna väntar',
  reassigning: 'licenserna flyttas',
  reassigned: 'det sista steget väntar',
  suspending: 'den gamla prenumerationen inaktiveras',
  weighing: 'jag läser vad det skulle innebära',
  weighed: 'det väntar på ett godkännande',
  setting: 'vad som ska ske vid periodens slut läggs in',
  set: 'dess uppsägning är inlagd',
  stuck: 'den har stannat och någon måste ingripa',
  finished: 'flytten är klar',
  cancelled: 'flytten avbröts',
};

/** On a card that asks for a yes. True whenever it is read: the card is not drawn anew when the dry run ends. */
export const inDryRun = {
  price:
    '**Begärt i en provkörning.** Priset är Partnercenters eget: det kommer från en varukorg där, och en varukorg är inget köp. Det går att köpa när en ägare har avslutat provkörningen med ”provkörning av”.',
  step: '**Under provkörningen köps, flyttas eller inaktiveras inget**, vad man än trycker på här. En ägare avslutar den med ”provkörning av”.',
};

export const pauses: Record<PauseReason, string> = {
  readOnly:
    '**Detta väntar: jag är skrivskyddad.** Inget köps, flyttas eller inaktiveras förrän en ägare slår av skrivskyddet; sedan går det vidare av sig självt.',
  dryRun:
    '**Detta väntar: det är en provkörning.** Inget köps, flyttas eller inaktiveras förrän en ägare skriver ”provkörning av”; sedan går det vidare av sig självt.',
  directory: '**Detta väntar: jag kan inte läsa i Microsoft Entra vem som får göra det.** Inget händer förrän jag kan det; sedan går det vidare av sig självt.',
  orders:
    '**Detta väntar: jag kan inte se alla ordrar för den här kunden.** Innan jag köper tittar jag efter om det redan är köpt. Jag försöker igen av mig själv; du kan avbryta flytten.',
  likePurchase:
    '**Detta väntar: ett köp av samma plan åt den här kunden är inte klart.** När det står klart vad det blev av det köpet går detta vidare av sig självt; du kan avbryta flytten.',
  lock: '**Detta väntar: Microsoft förnyar eller avslutar den just nu**, och tar inte emot några ändringar på upp till ett dygn. Jag försöker igen av mig själv, och fortsätter av mig själv.',
  question: '**Det finns en order som kan vara det här köpet.** Jag köper inget förrän en godkännare har sagt om den är det.',
};
