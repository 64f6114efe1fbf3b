/** A whole move in each other language that is spoken: typed, then pressed, over the bot's own door; and a channel that two languages share. */
import assert from 'node:assert/strict';
import { LANGUAGES } from '../../bot/languages.ts';
import { en } from '../../cards/text/en/en.ts';
import { plain } from '../support/teams.ts';
import { startWorld, type World } from '../support/world.ts';

/** Whose move is led in which language, and how many people move. */
const CUSTOMERS = [
  ['Northwind Traders', 11],
  ['Alpine Ski House', 8],
  ['Proseware, Inc.', 4],
  ['Contoso Ltd', 7],
] as const;
/** What the pretend Partner Center calls the plan that is bought, where it has a name in the reader’s language. */
const CALLED: Record<string, string> = { fr: 'Dynamics 365 Ventes Professionnel', sv: 'Dynamics 365 Försäljning Professionell' };
const OTHERS = Object.entries(LANGUAGES).filter(([, { words }]) => words !== en);
/** Words that stand on every English card of a move, and on no other. */
const ENGLISH = /\b(?:the|your|bought|subscription|approval|people|until|Nothing)\b/;

/** As the pretend Teams shows it. */
const read = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('**', '').trim();

describe('in another language', function () {
  this.timeout(120_000);
  let world: World;
  before(async () => {
    world = await startWorld();
    await world.knowsAll();
  });
  after(() => world.close());

  for (const [index, [tag, { words, spoken }]] of OTHERS.entries()) {
    const found = CUSTOMERS[index];
    if (!found) continue;
    const [customer, people] = found;

    it(`${tag}: a move is asked for and approved in words, then pressed to its end`, async () => {
      const me = world.teams.chat('personal', `a:${tag}`, `Reader ${tag}`, { locale: `${tag}-XX` });
      const { commands, answers } = spoken;
      const yes = answers.yes[0] as string;
      await me.write(`${commands.move[0]} ${customer.split(' ')[0]?.toLowerCase()}`);
      const notice = await me.card(customer, words.buttons.getPrice);
      assert.equal(notice.card.lang, tag);
      await me.write('1');
      const asked = words.replies.howMany({ plan: '' as never, term: null, proposed: null, inUse: null, minimum: 1 });
      await me.text(read(/[^.?]*\?/.exec(asked.replace(/^[. ]+/, ''))?.[0] ?? asked));
      await me.write(yes);
      await me.card(customer, words.quote.state);
      await me.text(
        read(
          words
            .hint({ answers: ['approve'], another: false })
            ?.slice(0, -1)
            .split('**')[0] ?? '',
        ),
      );
      await me.write(yes);
      await me.press(words.buttons.move(people), [customer, words.reassignment.state]);
      await me.press(words.buttons.suspend, [customer, words.suspension.state]);
      const finished = await me.card(customer, words.finished.state);
      assert.equal(finished.card.lang, tag);
      await me.card(customer, words.finished.state, CALLED[tag] ?? 'Dynamics');
      const said = [...me.texts(), ...me.cards().map((one) => plain(one.card).replaceAll(/Dynamics[^.;|]*|Microsoft[^.;|]*/g, ''))];
      for (const text of said) assert.doesNotMatch(text, ENGLISH, text);
      const { customers } = await world.sandbox.state();
      assert.equal(customers.find((one) => one.name === customer)?.subscriptions[0]?.status, 'suspended');
    });
  }

  it('a channel speaks the language of whoever put the bot there, and each asker is answered in his own', async () => {
    const [[first, one], [second, other]] = OTHERS.slice(0, 2) as [(typeof OTHERS)[0], (typeof OTHERS)[0]];
    const ida = world.teams.chat('channel', '19:languages@thread', 'Ida', { locale: first });
    const sven = world.teams.chat('channel', '19:languages@thread', 'Sven', { locale: second });
    await ida.install();
    await ida.press(one.words.buttons.watchHere, [one.words.buttons.watchHere]);
    await world.sandbox.post('flip', { customer: 'Wingtip' });
    const notice = await sven.card('Wingtip Toys', one.words.buttons.getPrice);
    assert.equal(notice.card.lang, first);
    await sven.write('xyzzy');
    await sven.text(read(other.words.replies.notUnderstood({ text: 'xyzzy' as never, didYouMean: null })));
  });
});
