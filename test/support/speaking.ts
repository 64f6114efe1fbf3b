/** A bot that speaks to everybody as it speaks to nobody in particular: in English. */
import { LANGUAGES } from '../../bot/languages.ts';
import { type Speaking, speakingOf } from '../../bot/turns/turn.ts';

export const ENGLISH: Speaking = speakingOf(LANGUAGES);
