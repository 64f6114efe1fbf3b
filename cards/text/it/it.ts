/** Italian: every sentence, by subject, as functions of data. Outside words come in already harmless. */
import { sentences } from '../../escape.ts';
import type { Words } from '../words.ts';
import { choice, hint } from './answers.ts';
import { bulk } from './bulk.ts';
import { buttons, errors, labels } from './buttons.ts';
import { aboutPage, consentPage, greeting, help, watching } from './chat.ts';
import { elsewhere } from './elsewhere.ts';
import { exported } from './exported.ts';
import { finished, history, record } from './finished.ts';
import {
  aMonth,
  date,
  dayMonth,
  daysLeft,
  licences,
  localDay,
  money,
  month,
  number,
  people,
  shortDate,
  shortDateYear,
  stamp,
  termName,
  time,
  zone,
} from './format.ts';
import { invite } from './invite.ts';
import { blocked, reassignment } from './licences.ts';
import { approvals, digest, held, list, mine, outcomeList } from './lists.ts';
import { notes } from './notes.ts';
import {
  begunBefore,
  dismissed,
  ended,
  left,
  movedDown,
  nothingHere,
  notice,
  readAgain,
  reason,
  renewed,
  snoozed,
  standing,
  suspendedElsewhere,
} from './notice.ts';
import { outcomes } from './outcomes.ts';
import { buying, question, quote, quoting, refusals } from './purchase.ts';
import { replies } from './replies.ts';
import { settings } from './settings.ts';
import { report } from './report.ts';
import { share } from './share.ts';
import { inDryRun, pauses } from './states.ts';
import { notRead, status } from './status.ts';
import { stuck } from './stuck.ts';
import { suspension } from './suspension.ts';
import { termEnd } from './termEnd.ts';
import { thread } from './thread.ts';

export const it = sentences({
  lang: 'it',
  date,
  shortDate,
  shortDateYear,
  dayMonth,
  month,
  time,
  zone,
  stamp,
  localDay,
  number,
  money,
  aMonth,
  licences,
  people,
  termName,
  daysLeft,
  replies,
  choice,
  bulk,
  invite,
  elsewhere,
  settings,
  share,
  hint,
  waits: pauses,
  inDryRun,
  thread,
  notes,
  buttons,
  labels,
  errors,
  greeting,
  watching,
  help,
  consentPage,
  aboutPage,
  exported,
  reason,
  notice,
  outcomes,
  snoozed,
  dismissed,
  renewed,
  ended,
  suspendedElsewhere,
  left,
  nothingHere,
  begunBefore,
  readAgain,
  standing,
  movedDown,
  refusals,
  quoting,
  question,
  quote,
  buying,
  blocked,
  reassignment,
  suspension,
  termEnd,
  finished,
  record,
  history,
  stuck,
  list,
  outcomeList,
  approvals,
  mine,
  held,
  digest,
  notRead,
  status,
  report,
  /** Between two texts, before a space. */
  signs: { colon: ':', semicolon: ';' },
  tooLong: 'Una parte era troppo lunga per una scheda ed è stata tagliata; il Centro per i partner mostra tutto.',
  steps: ['Acquisto', 'Licenze'] as [string, string],
  /** What the last step of a move does. */
  lastSteps: { suspend: 'Sospensione', cancel: 'Annullamento', letEnd: 'Fine', customerActs: 'Disdetta del cliente' },
}) satisfies Words;
