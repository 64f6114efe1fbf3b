/** What one verdict of the watch changes in the store: snapshot, expiry, record and news together. Pure but for the time. */
import { dayOf } from '../clock.ts';
import type { Expiry, KnownSubscription, News, Subscription } from '../domain.ts';
import { BOT, FIRST_HASH, recorded, subscriptionKey } from '../record.ts';
import type { Change, Row } from '../store/store.ts';
import { plainFacts, type readFacts } from './facts.ts';
import type { Verdict } from './flips.ts';
import type { Sweeping } from './sweep.ts';

export interface Held {
  known: Row<KnownSubscription> | null;
  expiry: Row<Expiry> | null;
}

export interface Case {
  id: string;
  now: Subscription | null;
  held: Held;
  verdict: Verdict;
}

export interface Stored {
  changes: Change[];
  expiry: Expiry | null;
  before: Expiry | null;
  news: boolean;
}

export interface Opening {
  ticket: string | undefined;
  silent: boolean;
  crowd: boolean;
  read: Awaited<ReturnType<typeof readFacts>> | undefined;
}

/** The changes that one verdict asks for. Pure but for the time. */
export function changesOf(
  deps: Pick<Sweeping, 'clock' | 'programmes'>,
  customer: { id: string; name: string },
  one: Case,
  all: Subscription[],
  how: Opening,
): Stored {
  const at = deps.clock.now().toISOString();
  const { held, verdict, now } = one;
  const known = held.known?.value;
  const subscription: KnownSubscription = {
    episode: 0,
    expiry: null,
    liveMigration: null,
    migrations: 0,
    ...known,
    snapshot: now ?? (known?.snapshot as Subscription),
    goneAt: now ? null : at,
  };
  const before = held.expiry?.value ?? null;
  if (verdict.kind === 'open' && now && how.ticket) {
    const expiry: Expiry = {
      id: how.ticket,
      customerId: customer.id,
      customerName: customer.name,
      subscriptionId: now.id,
      kind: verdict.as,
      episode: subscription.episode + 1,
      openedAt: at,
      facts: how.read?.facts ?? plainFacts(now, all, deps.programmes),
      plans: how.read ? how.read.plans : null,
      marks: {},
      closed: null,
      migration: null,
      remindedAt: null,
      audit: { seq: 0, hash: FIRST_HASH },
    };
    const entry = { by: BOT, what: verdict.as === 'flip' ? 'stopped' : 'known', before: '', after: 'open', data: { expiresOn: expiry.facts.expiresOn } };
    const news: News[] = how.silent ? [] : [{ kind: how.crowd ? 'known' : 'stopped', expiryId: expiry.id, by: null, at, data: {} }];
    return {
      changes: [subscriptionChange(held, { ...subscription, episode: expiry.episode, expiry: expiry.id }), ...recorded(null, expiry, [entry], news, at)],
      expiry,
      before: null,
      news: news.length > 0,
    };
  }
  if (verdict.kind === 'close' && before) {
    const expiry: Expiry = { ...before, closed: { how: verdict.how, at }, facts: now ? { ...before.facts, endOfTerm: 'renews' } : before.facts };
    const entry = { by: BOT, what: verdict.how, before: 'open', after: 'closed' };
    return {
      changes: [
        subscriptionChange(held, { ...subscription, expiry: null }),
        ...recorded(held.expiry, expiry, [entry], [{ kind: verdict.how, expiryId: expiry.id, by: null, at, data: {} }], at),
      ],
      expiry,
      before,
      news: true,
    };
  }
  if (verdict.kind === 'changed' && before && now) {
    const plain = plainFacts(now, all, deps.programmes);
    const { snoozed, ...marks } = before.marks;
    const stillSnoozed = snoozed && snoozed.until > dayOf(at);
    const expiry: Expiry = {
      ...before,
      marks: stillSnoozed ? before.marks : marks,
      facts: { ...before.facts, lastDay: plain.lastDay, expiresOn: plain.expiresOn, quantity: plain.quantity, endOfTerm: plain.endOfTerm, readAt: at },
    };
    return {
      changes: [
        subscriptionChange(held, subscription),
        ...recorded(
          held.expiry,
          expiry,
          [{ by: BOT, what: 'changed', before: 'open', after: 'open' }],
          [{ kind: 'changed', expiryId: expiry.id, by: null, at, data: {} }],
          at,
        ),
      ],
      expiry,
      before,
      news: true,
    };
  }
  if (verdict.kind === 'remind' && before) {
    const expiry: Expiry = { ...before, remindedAt: verdict.daysLeft };
    const news: News = { kind: 'reminder', expiryId: expiry.id, by: null, at, data: { days: verdict.daysLeft } };
    return {
      changes: [
        subscriptionChange(held, subscription),
        ...recorded(held.expiry, expiry, [{ by: BOT, what: 'reminded', before: 'open', after: 'open', data: { days: verdict.daysLeft } }], [news], at),
      ],
      expiry,
      before,
      news: true,
    };
  }
  return { changes: [subscriptionChange(held, subscription)], expiry: null, before: null, news: false };
}

function subscriptionChange(held: Held, value: KnownSubscription): Change {
  const key = subscriptionKey(value.snapshot.id);
  return held.known ? { op: 'replace', key, value, etag: held.known.etag } : { op: 'create', key, value };
}
