/** What somebody shares from the compose box: it tells how a ticket or a customer stands, names no person and no price, and has no button that changes anything. */
import type { Shown } from '../../services/ticketView.ts';
import { type Action, type CardTarget, secondary } from '../buttons.ts';
import { type Claim, claimsEnd } from '../claims.ts';
import type { RenderedCard } from '../chat/chat.ts';
import { isolated, nameBare, nameText, planText, type Safe, safe } from '../escape.ts';
import { renderTicket } from '../render.ts';
import type { Words } from '../text/words.ts';
import { endSaid } from './ends.ts';
import { standingSaid } from './notice.ts';
import { cardTarget, names, opening, shownIn } from './regions.ts';
import { stage } from './ticket.ts';

/** As it may be told to whoever is in any chat, whatever the settings let cards say elsewhere. */
function discreet(given: Shown, words: Words): Shown {
  const shown = shownIn(given, words);
  const { prices: _, ...facts } = shown.ticket.facts;
  return { ...shown, ticket: { ...shown.ticket, facts: { ...facts, priceNow: null } }, hides: { cost: 'never', names: true } };
}

/** How far a ticket has come, in a few words that name nobody. */
export function stateOf(shown: Shown, words: Words): Safe {
  return stage(discreet(shown, words), words).state ?? words.share.underWay;
}

/** `link`: of the ticket's own card in a chat of several; null where none is known. */
export function sharedTicketCard(given: Shown, link: string | null, words: Words): RenderedCard {
  const shown = discreet(given, words);
  const { ticket } = shown;
  const { facts, closed } = ticket;
  const { customerBare, plan } = names(shown);
  const state = stateOf(shown, words);
  const ends = !facts.standing && facts.endOfTerm !== 'unread' && !closed;
  const claims: Claim[] = ends ? [claimsEnd(shown)] : [];
  const card = renderTicket(
    {
      ...opening(shown, words),
      speak: safe`${customerBare}${words.signs.colon} ${state}`,
      state,
      what: plan,
      ...(ends
        ? { lead: words.notice[facts.endOfTerm === 'cancels' ? 'expires' : 'termEnds'](facts.expiresOn), effect: words.notice.effect(endSaid(ticket)) }
        : {}),
      ...(facts.standing ? { lead: standingSaid(ticket, facts.standing, words) } : {}),
      facts: [
        { title: words.labels.licences, value: words.notice.seats(facts.quantity, facts.inUse) },
        { title: words.labels.ticketId, value: planText(ticket.id) },
      ],
      foot: words.share.foot(facts.readAt ?? ticket.openedAt),
      actions: actions(cardTarget(shown), link, words),
    },
    words,
  );
  return { card, summary: safe`${customerBare}${words.signs.colon} ${state}`, claims };
}

/** Of a customer none of whose tickets is open: how all of its subscriptions stand. */
export function sharedCustomerCard(
  of: { name: string; stands: Safe; lookedAt: string | null; handle: string; claims: readonly Claim[] },
  words: Words,
): RenderedCard {
  const summary = safe`${nameBare(of.name)}${words.signs.colon} ${words.share.nothingOpen}`;
  const card = renderTicket(
    {
      lang: words.lang,
      speak: summary,
      state: words.share.nothingOpen,
      urgent: false,
      who: isolated(nameText(of.name)),
      effect: of.stands,
      sections: [],
      foot: words.share.foot(of.lookedAt),
      actions: actions({ id: of.handle, version: 0 }, null, words),
    },
    words,
  );
  return { card, summary, claims: of.claims };
}

/** Reading alone. */
function actions({ id }: CardTarget, link: string | null, words: Words): Action[] {
  return [
    secondary(words.share.refresh, 'card.refresh', { id, version: 0 }),
    ...(link ? [{ type: 'Action.OpenUrl', title: words.share.open, url: link }] : []),
  ];
}
