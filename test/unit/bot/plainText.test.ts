import assert from 'node:assert/strict';
import { mentionsIn, plainText } from '../../../bot/turns/plainText.ts';

describe('what was written, out of what Teams sends', () => {
  const cases: [string, string, string][] = [
    ['H1-entities-lt: entities are what somebody typed', 'show R&amp;D Labs &lt;North&gt;', 'show R&D Labs <North>'],
    ['H1h-entity-numeric: by their numbers too', 'show O&#39;Brien &#x26; Sons', "show O'Brien & Sons"],
    ['entities are decoded once', 'show &amp;lt;b&amp;gt;', 'show &lt;b&gt;'],
    ['no-break spaces and line ends are spaces', 'show\u00a0contoso&nbsp;<br>ltd', 'show contoso ltd'],
    ['M7-all-but-mention: a mention of a person is the name', 'all but <at>User Beta</at> and User Gamma', 'all but User Beta and User Gamma'],
    ['a reply does not answer with what it quotes', '<quoted messageId="17">yes</quoted> no, too dear', 'no, too dear'],
    ['an empty quote takes nothing with it', '<quoted messageId="17"/>yes', 'yes'],
    ['an older client quotes in a block', '<blockquote itemscope><p>yes</p></blockquote><p>cancel</p>', 'cancel'],
    ['the editor’s marks are no words', '<p>move <b>Con</b>toso</p>', 'move Contoso'],
    ['what is no mark of an editor was typed', 'show A < B > C', 'show A < B > C'],
    ['a number beyond all letters is nothing', 'show &#9999999;x &#55357;', 'show x'],
  ];
  for (const [name, raw, plain] of cases) it(name, () => assert.equal(plainText(raw, []), plain));

  it('only the bot’s own mention goes, by its id: a person may be called as it is', () => {
    const mention = (id: string, text: string) => ({ type: 'mention', text, mentioned: { id } });
    const entities = [mention('28:bot', '<at>Successor</at>'), mention('29:eve', '<at>Successor Jansson</at>')];
    const mentions = mentionsIn({ entities: entities as never, recipient: { id: '28:bot', name: 'Successor' } as never });
    assert.equal(plainText('<at>Successor</at> all but <at>Successor Jansson</at>', mentions), 'all but Successor Jansson');
  });
});
