/** English: every sentence, by subject, as functions of data. Outside words come in already harmless. */
import { sentences } from '../../escape.ts';
import { choice, hint } from './answers.ts';
import { buttons, labels, errors } from './buttons.ts';
import { greeting, watching, help, consentPage } from './chat.ts';
import { finished, record, history } from './finished.ts';
import { date, shortDate, dayMonth, time, stamp, number, money, aMonth, licences, people, termName, daysLeft } from './format.ts';
import { blocked, reassignment } from './licences.ts';
import { list, approvals, held, digest } from './lists.ts';
import { notes } from './notes.ts';
import { reason, notice, snoozed, dismissed, renewed, ended, left, nothingHere, begunBefore, readAgain, standing, movedDown } from './notice.ts';
import { refusals, quoting, question, quote, buying } from './purchase.ts';
import { replies } from './replies.ts';
import { pauses } from './states.ts';
import { notRead, status } from './status.ts';
import { stuck } from './stuck.ts';
import { suspension } from './suspension.ts';
import { thread } from './thread.ts';

export const en = sentences({
  lang: 'en',
  date,
  shortDate,
  dayMonth,
  time,
  stamp,
  number,
  money,
  aMonth,
  licences,
  people,
  termName,
  daysLeft,
  replies,
  choice,
  hint,
  waits: pauses,
  thread,
  notes,
  buttons,
  labels,
  errors,
  greeting,
  watching,
  help,
  consentPage,
  reason,
  notice,
  snoozed,
  dismissed,
  renewed,
  ended,
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
  finished,
  record,
  history,
  stuck,
  list,
  approvals,
  held,
  digest,
  notRead,
  status,
  tooLong: 'Some of this was too long for a card and is cut; Partner Center shows all of it.',
  steps: ['Purchase', 'Licences', 'Suspend'] as [string, string, string],
});
