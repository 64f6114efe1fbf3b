/** A question which one was meant, with a button for each that it may be. */
import { type Action, primary, secondary } from '../buttons.ts';
import { bare, nameBare, planBare, planText, type Safe } from '../escape.ts';
import { renderChoice } from '../render.ts';
import type { InviteAsks } from '../text/en/invite.ts';
import type { Words } from '../text/words.ts';
import type { RenderedCard } from './chat.ts';

/** What may be meant, and what tells it apart: a customer's domain, a plan's ticket. */
export interface Option {
  title: string;
  /** A customer's or person's name, or that of a plan or programme. */
  kind: 'name' | 'plan';
  more: string;
}

export interface ChoiceView {
  /** As it was written. */
  wanted: string;
  about: 'customer' | 'subscription' | 'plan' | 'term' | 'watch' | 'people' | { invite: InviteAsks } | { bulk: number } | { programmes: true };
  options: readonly Option[];
  /** How many more there are; `atLeast` where they were not all counted. */
  more: number;
  atLeast?: boolean;
  handle: string;
  /** Which question of the ticket it belongs to. */
  version: number;
}

const WANTED_MAX = 80;
const MORE_MAX = 60;

/** One is a button, several are a list of links, as many as are given. */
export function choiceCard(view: ChoiceView, words: Words): RenderedCard {
  const { choice: say } = words;
  const aim = { id: view.handle, version: view.version };
  const take = (index: number, title: Safe): Action => {
    const { fallback: _, associatedInputs: __, ...action } = secondary(say.take(title), 'choice.take', aim);
    return { ...action, data: { id: aim.id, v: aim.version, choice: index } };
  };
  const titles = view.options.map((one) => (one.kind === 'name' ? nameBare(one.title) : planBare(one.title)));
  const [only] = titles;
  const sole = titles.length === 1 && view.more === 0 && only !== undefined;
  const { who, what, foot, yes } = asked(view, sole, words);
  const rows = view.options.map((one, index) => ({
    title: titles[index],
    take: take(index, titles[index] as Safe),
    ...(one.more === '' ? {} : { more: planText(bare(one.more, MORE_MAX)) }),
  }));
  const data = {
    lang: words.lang,
    speak: say.speak(who, titles),
    who,
    what,
    rows,
    foot,
    actions: sole ? [primary(yes, 'choice.take', aim)] : [],
  };
  return { card: renderChoice(data, words), summary: data.speak };
}

/** The card's own words: which one was meant, or what is asked about a company that was invited. */
function asked({ about, wanted, more, atLeast = false }: ChoiceView, sole: boolean, words: Words): { who: Safe; what: Safe; foot: Safe; yes: Safe } {
  const { choice: say, invite } = words;
  const text = bare(wanted, WANTED_MAX);
  if (typeof about === 'object' && 'bulk' in about) {
    const { whichPlan, whichPlanFor, whichPlanFoot } = words.bulk;
    return { who: whichPlan, what: whichPlanFor({ programme: text, n: about.bulk }), foot: whichPlanFoot, yes: say.yes };
  }
  if (typeof about === 'object' && 'programmes' in about) {
    const { whichProgramme, whichProgrammeFor, whichProgrammeFoot } = words.bulk;
    return { who: whichProgramme, what: whichProgrammeFor, foot: whichProgrammeFoot, yes: say.yes };
  }
  if (typeof about === 'object') {
    const { which, what } = invite.asks[about.invite];
    return { who: which, what: what(text), foot: invite.foot({ asks: about.invite, company: text, more }), yes: invite.forget };
  }
  const who = sole ? say.one(say.about[about]) : say.which(say.about[about]);
  return { who, what: say.wanted(text), foot: say.foot({ more, atLeast, about }), yes: say.yes };
}
