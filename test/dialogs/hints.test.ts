/** What is offered is allowed: each answer that a hint names, typed by that person in that state, does something. */
import assert from 'node:assert/strict';
import { matterCard } from '../../cards/ticket/ticket.ts';
import { en } from '../../cards/text/en.ts';
import type { Actor } from '../../dialogs/types.ts';
import { matterDialog } from '../../dialogs/ticket.ts';
import type { Migration, PeopleCount } from '../../services/domain/ticket.ts';
import { type Answer, answersTo } from '../../services/moves/answers.ts';
import { ROLES, type Role } from '../../services/people/roles.ts';
import { matterSamples, sampleExpiry, sampleMigration } from '../cards/samples.ts';
import type { MatterFacts, Shown } from '../../services/ticketView.ts';
import { answerDialog } from '../../dialogs/answers.ts';

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
  letEnd: 'yes',
  suspendNow: 'suspend',
};
const MOVABLE = ['Adele Vance', 'Dana Roy'].map((name, index) => ({ id: `u${index}`, name }));
const counted = (changes: Partial<PeopleCount>): PeopleCount => ({
  ...{ total: 2, movable: 2, moved: 0, blocked: 0, kept: 0, waived: 0, gone: 0, without: 0, covered: null, freeSeats: 2, named: [] },
  ...changes,
});
const NOW = '2027-01-20T10:05:00.000Z';
const approval = { by: 'bo', at: NOW, hash: 'h' };

const STATES: [string, Partial<Migration> | null, Partial<MatterFacts['expiry']>?][] = [
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
  ['the last step of new commerce', { state: 'reassigned' }, { facts: sampleExpiry({}, { newCommerce: true }).facts }],
  ['suspending', { state: 'suspending' }],
  ['stuck', { state: 'stuck', stuck: { from: 'suspending', reason: 'holders', code: '', at: NOW } }],
  ['stuck, unclear', { state: 'stuck', stuck: { from: 'purchasing', reason: 'purchaseUnclear', code: '', at: NOW } }],
  ['finished', { state: 'finished' }, { closed: { how: 'moved', at: NOW } }],
];
const PEOPLE: Actor[] = [...ROLES.map((role): Role[] => [role]), [], ['requester', 'licenceAdmin'] as Role[]].flatMap((roles) =>
  ['ann', 'bo'].map((key) => ({ key, tenant: 't', name: key, roles })),
);

function factsOf(migration: Partial<Migration> | null, expiry: Partial<MatterFacts['expiry']>, fourEyes: MatterFacts['fourEyes']): MatterFacts {
  const row = { ...sampleExpiry(), ...expiry };
  return {
    ...{ expiry: row, etag: 'e', migration: migration && sampleMigration(migration), found: [], movable: MOVABLE, unmoved: [], names: {} },
    ...{ notice: { handle: 'h' }, shown: [], personal: true, fourEyes, readOnly: false, now: NOW },
  };
}

describe('a hint', () => {
  for (const fourEyes of [{ when: 'off' }, { when: 'always' }] as const)
    for (const [state, migration, expiry = {}] of STATES)
      it(`offers only what works: ${state}, four eyes ${fourEyes.when}`, () => {
        const facts = factsOf(migration, expiry, fourEyes);
        const waits = !['quoting', 'purchasing', 'provisioning', 'reassigning', 'suspending', 'finished'].includes(migration?.state ?? 'none');
        const silent = facts.expiry.plans === null || migration?.approval || migration?.people === null;
        const owner = answersTo(facts, { key: 'bo', roles: ['owner'] }).answers;
        assert.equal(owner.length > 0, waits && !silent, `an owner is offered ${owner.join()}`);
        for (const person of PEOPLE) {
          const { answers } = answersTo(facts, person);
          const does = (one: Answer) =>
            (one === 'back'
              ? matterDialog(facts, { verb: 'dialog.back' }, person)
              : one === 'cancel'
                ? matterDialog(facts, { verb: 'migration.cancel' }, person)
                : answerDialog(facts, TYPED[one], person)
            ).intentions.length > 0;
          for (const one of answers) assert.ok(does(one), `${person.roles.join('+')} ${person.key}: ${one} is offered and refused`);
        }
      });

  it('the card of a quote that somebody reads alone has no button that is refused', () => {
    const [, sample] = Object.entries(matterSamples()).find(([, one]) => one.migration?.state === 'quoted' && !one.migration.question) as [string, Shown];
    const titles = (roles: Role[], key: string, when: 'off' | 'always') => {
      const shown: Shown = { ...sample, fourEyes: { when }, reader: { key, roles } };
      return JSON.stringify(matterCard(shown, en).card);
    };
    const asker = sample.migration?.quote?.askedBy as string;
    assert.match(titles(['approver'], asker, 'off'), /purchase\.approve/);
    assert.match(titles(['approver'], 'somebody-else', 'always'), /purchase\.approve/);
    const own = titles(['approver'], asker, 'always');
    assert.doesNotMatch(own, /purchase\.approve/);
    assert.match(own, /purchase\.decline/);
    assert.match(own, /another approver must say yes to it\./);
    for (const roles of [['viewer'], ['requester']] as Role[][]) assert.doesNotMatch(titles(roles, 'rae', 'off'), /purchase\.(approve|decline)/);
  });
});
