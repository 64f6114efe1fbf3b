/** What a language must say: a folder beside `en` whose object satisfies this. */
import type { en } from './en/en.ts';

export type Words = typeof en;
