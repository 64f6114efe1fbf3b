/**
 * Numbers and dates that are Microsoft's rules about the end of a term, each once. `docs/partner-center.md` §6 tells how sure
 * each is, and `docs/term-end.tsv` what follows from them.
 */

/** Extended Service Terms: terms that end on this day or later can go on as one (enforced from then; Microsoft's announcement, in part through mirrors). */
export const EST_ENDS_FROM = '2026-05-04';

/** And only terms that were bought or renewed on this day or later (agreed by several vendors). */
export const EST_BEGUN_FROM = '2025-04-01';

/** What a month of an Extended Service Term costs above the price of a one-month term of the plan (Microsoft's page on them). */
export const EST_OVER_MONTHLY_PERCENT = 3;

/** The same above a twelfth of the yearly price, where the plan has no one-month term; also about what it comes to above any yearly price. */
export const EST_OVER_YEARLY_PERCENT = 23;

/** So long people may work on, unpaid, after a term that cannot go on as one; sources differ on whether that is still so. */
export const GRACE_DAYS = 30;

/** Partner Center's code for a user's token without a second proof, and ours for one that Entra does not renew: whoever runs the bot signs in again, and no access is missing. */
export const SIGN_IN_AGAIN: ReadonlySet<string> = new Set(['900421', 'signIn']);

/** So long the data of a new-commerce subscription is kept when it has ended (subscription-lifecycle). */
export const DATA_KEPT_DAYS = 90;

/** A purchase or a renewal can be taken back for 168 hours (new-commerce-cancellation-policy); after that an end of this day means "on any day". */
export const CANCEL_WINDOW_DAYS = 7;

/** A suspended classic subscription is deleted so many days later, one page says, another says so many; at its end if that is sooner (subscription-lifecycle). */
export const CLASSIC_DELETED_AFTER_DAYS = { least: 90, most: 120 };

/** So many days before a renewal it is told that it will be dearer, once a term; and by how much at least, for what is less comes of rounding. Ours. */
export const ASK_AHEAD_DAYS = 60;
export const DEARER_PERCENT = 1;

/** "The customer is not associated with the partner", docs/partner-center.md §4. */
export const NOT_OURS = '20002';
