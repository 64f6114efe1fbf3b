/** A press on one of several that may have been meant: it leads to exactly that one. Knows nothing of botbuilder. */

import { moveAllBut, takePlan } from '../../dialogs/answers.ts';
import { parseCommand } from '../../dialogs/commands.ts';
import type { Named } from '../../dialogs/rights.ts';
import { type PlanAndTerm, termBehind } from '../../dialogs/termWords.ts';
import type { Command } from '../../dialogs/types.ts';
import type { Choice } from '../../services/notify/handles.ts';
import { spokenIn } from '../languages.ts';
import { beginBulk, takePlanOf } from './bulk.ts';
import { onCommand } from './command.ts';
import { chooseFrom, expiringOf } from './expiring.ts';
import { goOnWith, inviteNew, takeInvited } from './invite.ts';
import { markOne } from './marks.ts';
import { carryOut, consider, type Wish } from './pipeline.ts';
import { said } from './replies.ts';
import { aboutCustomer, aboutTicket, beginMove } from './tickets.ts';
import type { Turn, TurnDeps, TurnResult } from './turn.ts';

/** All but what is watched, which changes the card itself. `v` is what the card asked. */
export async function takeChoice(deps: TurnDeps, turn: Turn, choice: Exclude<Choice, { to: 'watch' }>, v: unknown): Promise<TurnResult> {
  switch (choice.to) {
    case 'customer':
      return comes(deps, await aboutCustomer(deps, turn, choice.command, choice));
    case 'ticket':
      return comes(deps, await aboutTicket(deps, turn, choice.command, choice.ticketRef));
    case 'mark':
      return comes(deps, await markOne(deps, turn, choice));
    case 'subscription':
      return comes(deps, await beginMove(deps, turn, choice.customer, choice.subscriptionId));
    case 'programme':
      return choice.list ? chooseFrom(deps, turn, { list: choice.list }, choice.name) : comes(deps, await severalOf(deps, turn, choice.name));
    case 'bulkPlan':
      return takePlanOf(deps, turn, choice);
    case 'expiring': {
      const { to: _, customerId, ...asked } = choice;
      return comes(deps, await expiringOf(deps, turn, asked, customerId));
    }
    case 'command':
      return comes(deps, await onCommand(deps, turn, readNamed(deps, choice)));
    case 'invite':
      return comes(deps, await inviteNew(deps, turn, choice));
    case 'joined':
      return comes(deps, await goOnWith(deps, turn, choice.customer));
    case 'invited':
      return comes(deps, await takeInvited(deps, turn, choice));
    case 'plan':
    case 'allBut':
      return ofTicket(deps, turn, choice, v);
  }
}

/** A command as a text of ours named it: in the language of that text. */
export function readNamed({ languages }: Pick<TurnDeps, 'languages'>, { text, lang }: Named): Command {
  return parseCommand(text, spokenIn(languages, lang));
}

/** A programme that is no longer there has nothing to choose from. */
async function severalOf(deps: TurnDeps, turn: Turn, name: string): Promise<TurnResult> {
  const programme = deps.programmes.find((one) => one.name === name);
  return programme ? beginBulk(deps, turn, programme) : said(deps.words.replies.gone());
}

/** What is said stands below the card. */
function comes(deps: TurnDeps, result: TurnResult): TurnResult {
  return { ...result, privately: result.privately ?? deps.words.replies.showing() };
}

/** The term that was written with the plan, in whichever language; one that cannot be read is none in which a plan is sold. */
function termOf({ languages }: Pick<TurnDeps, 'languages'>, written: string | undefined): PlanAndTerm | null {
  if (written === undefined) return null;
  const read = termBehind(written, spokenIn(languages, ...Object.keys(languages)));
  return read?.plan === '' ? read : { plan: '', term: written, fits: () => false };
}

/** Everybody who can move is read only where somebody is named. */
async function ofTicket(deps: TurnDeps, turn: Turn, choice: Extract<Choice, { to: 'plan' | 'allBut' }>, v: unknown): Promise<TurnResult> {
  const people = choice.to === 'allBut';
  const wish: Wish = {
    ticketRef: choice.ticketRef,
    look: { text: null, spends: people, people },
    decide: (view, actor) => (choice.to === 'allBut' ? moveAllBut(view, choice.people, actor) : takePlan(view, choice.plan, termOf(deps, choice.term), actor)),
    meantFor: { by: 'card', v },
  };
  const considered = await consider(deps, turn, wish);
  return considered ? carryOut(deps, turn, wish, considered) : { say: [], privately: deps.words.replies.gone() };
}
