/** What is offered is allowed: each answer that a hint names, typed by that person in that state, does something. */
import assert from 'node:assert/strict';
import { ticketCard } from '../../../cards/ticket/ticket.ts';
import { en } from '../../../cards/text/en/en.ts';
import type { Actor } from '../../../dialogs/types.ts';
import { ticketDialog } from '../../../dialogs/ticket.ts';
import type { Move, PeopleCount } from '../../../services/domain/ticket.ts';
import { type Answer, answersTo } from '../../../services/moves/answers.ts';
import { ROLES, type Role } from '../../../services/people/roles.ts';
import { HIDES, sampleEnd, ticketSamples, sampleTicket, sampleMove } from '../../support/samples.ts';
import type { TicketView, Shown } from '../../../services/ticketView.ts';
import { answerDialog } from '../../../dialogs/answers.ts';

const TYPED: Record<Exclude<Answer, 'back' | 'cancel'>, string> = {
  plan: '1',
  seats: '7',
  approve: 'yes',
  decline: 'no, it is too dear',
  moveAll: 'yes',
  allBut: 'all but Dana Roy',
  again: 'again',
  check: 'check',
  suspend: 'yes',
  leave: 'no, they still export data',
  leaveThere: 'no, they tell us themselves',
  letEnd: 'yes',
  suspendNow: 'suspend',
  endNow: 'yes',
  endCancel: 'cancel at term end',
  endRenew: 'renew again',
};
const MOVABLE = ['Adele Vance', 'Dana Roy'].map((name, index) => ({ id: `u${index}`, name }));
const counted = (changes: Partial<PeopleCount>): PeopleCount => ({
  ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] },
  ...changes,
});
const NOW = '2027-01-20T10:05:00.000Z';
const approval = { by: 'bo', at: NOW, hash: 'h' };

const STATES: [string, Partial<Move> | null, Partial<TicketView['ticket']>?][] = [
  ['nothing begun', null],
  ['plans not read yet', null, { plans: null }],
  ['cancelled', { state: 'cancelled' }],
  ['drafting', { state: 'drafting', quote: null, draft: {} }],
  ['drafting with a plan', { state: 'drafting', quote: null, draft: { plan: 'p1' } }],
  ['quoting', { state: 'quoting' }],
  ['quoted', { state: 'quoted' }],
  ['quoted and approved', { state: 'quoted', approval }],
  ['purchasing', { state: 'purchasing', approval }],
  ['provisioning', { state: 'provisioning', approval }],
  ['people can move', { state: 'purchased', people: counted({}) }],
  ['some did not move', { state: 'purchased', people: counted({ movable: 0, moved: 1, blocked: 1 }) }],
  ['nobody can move', { state: 'purchased', people: counted({ movable: 0, blocked: 2 }) }],
  ['not counted yet', { state: 'purchased', people: null }],
  ['reassigning', { state: 'reassigning' }],
  ['the last step', { state: 'reassigned' }],
  ['the customer’s own step', { state: 'reassigned' }, { facts: sampleTicket({}, { elsewhere: { ours: 0, inUse: 7 }, endOfTerm: 'unread' }).facts }],
  ['the last step of new commerce', { state: 'reassigned' }, { facts: sampleTicket({}, { newCommerce: true }).facts }],
  ['the last step of new commerce that goes on', { state: 'reassigned' }, { facts: sampleTicket({}, { newCommerce: true, endOfTerm: 'extends' }).facts }],
  ['nothing begun about one that goes on', null, { facts: sampleTicket({}, { newCommerce: true, endOfTerm: 'extends', programme: null }).facts }],
  ['an end is weighed', { state: 'weighing', way: 'cancel' }],
  ['an end waits for a yes', { state: 'weighed', way: 'cancel', quote: null, end: sampleEnd() }],
  ['an end is being set', { state: 'setting', way: 'cancel', quote: null, approval }],
  ['its end is set', { state: 'set', way: 'cancel', quote: null }, { facts: sampleTicket({}, { newCommerce: true, programme: null }).facts }],
  ['suspending', { state: 'suspending' }],
  ['stuck', { state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '', at: NOW } }],
  ['stuck, unclear', { state: 'stuck', stuck: { from: 'purchasing', reason: 'purchaseUnclear', code: '', at: NOW } }],
  ['finished', { state: 'finished' }, { closed: { how: 'moved', at: NOW } }],
];
const PEOPLE: Actor[] = [...ROLES.map((role): Role[] => [role]), [], ['requester', 'licenceAdmin'] as Role[]].flatMap((roles) =>
  ['ann', 'bo'].map((key) => ({ key, tenant: 't', name: key, roles })),
);

function factsOf(move: Partial<Move> | null, ticket: Partial<TicketView['ticket']>, fourEyes: TicketView['fourEyes']): TicketView {
  const row = { ...sampleTicket(), ...ticket };
  return {
    ...{ ticket: row, etag: 'e', move: move && sampleMove(move), found: [], movable: MOVABLE, unmoved: [], names: {} },
    ...{ notice: { handle: 'h' }, shown: [], personal: true, fourEyes, hides: HIDES, readOnly: false, plannable: true, now: NOW },
  };
}

describe('a wake-up', () => {
  for (const fourEyes of [{ when: 'off' }, { when: 'always' }] as const)
    for (const [state, move, ticket = {}] of STATES)
      it(`offers only what works: ${state}, four eyes ${fourEyes.when}`, () => {
        const facts = factsOf(move, ticket, fourEyes);
        const waits = !['quoting', 'purchasing', 'provisioning', 'reassigning', 'suspending', 'weighing', 'setting', 'finished'].includes(
          move?.state ?? 'none',
        );
        const silent = facts.ticket.plans === null || move?.approval || move?.people === null;
        const owner = answersTo(facts, { key: 'bo', roles: ['owner'] }).answers;
        assert.equal(owner.length > 0, waits && !silent, `an owner is offered ${owner.join()}`);
        for (const person of PEOPLE) {
          const { answers } = answersTo(facts, person);
          const does = (one: Answer) =>
            (one === 'back'
              ? ticketDialog(facts, { verb: 'dialog.back' }, person)
              : one === 'cancel'
                ? ticketDialog(facts, { verb: 'move.cancel' }, person)
                : answerDialog(facts, TYPED[one], person)
            ).intentions.length > 0;
          for (const one of answers) assert.ok(does(one), `${person.roles.join('+')} ${person.key}: ${one} is offered and refused`);
        }
      });

  it('the card of a quote that somebody reads alone has no button that is refused', () => {
    const [, sample] = Object.entries(ticketSamples()).find(([, one]) => one.move?.state === 'quoted' && !one.move.question) as [string, Shown];
    const titles = (roles: Role[], key: string, when: 'off' | 'always') => {
      const shown: Shown = { ...sample, fourEyes: { when }, reader: { key, roles } };
      return JSON.stringify(ticketCard(shown, en).card);
    };
    const asker = sample.move?.quote?.askedBy as string;
    assert.match(titles(['approver'], asker, 'off'), /purchase\.approve/);
    assert.match(titles(['approver'], 'somebody-else', 'always'), /purchase\.approve/);
    const own = titles(['approver'], asker, 'always');
    assert.doesNotMatch(own, /purchase\.approve/);
    assert.match(own, /purchase\.decline/);
    assert.match(own, /another approver must say yes to it\./);
    for (const roles of [['viewer'], ['requester']] as Role[][]) assert.doesNotMatch(titles(roles, 'rae', 'off'), /purchase\.(approve|decline)/);
  });
});
