/** How a move stands, and why it waits. */
import type { MoveState, PauseReason } from '../../../services/domain/ticket.ts';

export const stateNow: Record<MoveState | 'none', string> = {
  none: 'nessuno ha ancora chiesto un prezzo',
  drafting: 'si sta scegliendo un piano',
  quoting: 'si sta chiedendo il prezzo',
  quoted: 'si attende un’approvazione',
  purchasing: 'l’acquisto è in corso',
  provisioning: 'l’acquisto è in corso',
  purchased: 'l’acquisto è fatto e le licenze attendono',
  reassigning: 'le licenze vengono riassegnate',
  reassigned: 'l’ultimo passaggio attende',
  suspending: 'l’abbonamento precedente viene sospeso',
  weighing: 'sto leggendo che cosa comporterebbe',
  weighed: 'si attende un’approvazione',
  setting: 'viene impostata la fine del periodo',
  set: 'l’annullamento è impostato',
  stuck: 'la procedura si è fermata e serve un intervento',
  finished: 'la migrazione è conclusa',
  cancelled: 'la migrazione è stata annullata',
};

/** On a card that asks for a yes. True whenever it is read: the card is not drawn anew when the dry run ends. */
export const inDryRun = {
  price:
    '**Richiesto in una simulazione.** Il prezzo è quello del Centro per i partner: viene da un carrello lì, e un carrello non è un acquisto. Si può acquistare dopo che un proprietario ha terminato la simulazione con “simulazione no”.',
  step: '**Nella simulazione non viene acquistato, spostato o sospeso nulla**, qualunque cosa si prema qui. Un proprietario la termina con “simulazione no”.',
};

export const pauses: Record<PauseReason, string> = {
  readOnly:
    '**Questo passaggio attende: sono in sola lettura.** Non viene acquistato, spostato o sospeso nulla finché un proprietario non la disattiva; poi prosegue da solo.',
  dryRun:
    '**Questo passaggio attende: è una simulazione.** Non viene acquistato, spostato o sospeso nulla finché un proprietario non scrive “simulazione no”; poi prosegue da solo.',
  directory:
    '**Questo passaggio attende: non riesco a leggere in Microsoft Entra chi può farlo.** Non succede nulla finché non ci riesco; poi prosegue da solo.',
  orders:
    '**Questo passaggio attende: non vedo tutti gli ordini di questo cliente.** Prima di acquistare verifico se l’acquisto esiste già. Riprovo da solo; è possibile annullare la migrazione.',
  likePurchase:
    '**Questo passaggio attende: un acquisto dello stesso piano per questo cliente non è concluso.** Quando sarà chiaro che cosa ne è stato, prosegue da solo; è possibile annullare la migrazione.',
  lock: '**Questo passaggio attende: in questo momento Microsoft sta rinnovando o terminando l’abbonamento**, e per un giorno al massimo non accetta modifiche. Riprovo da solo, e da solo proseguo.',
  question: '**C’è un ordine che potrebbe essere questo acquisto.** Non acquisto nulla finché un approvatore non dice se lo è.',
};
