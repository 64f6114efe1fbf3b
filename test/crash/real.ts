/**
 * The same promises with real processes over HTTP: bots that are killed while they work, two bots that race for one
 * approval, answers that are lost on each kind of wire. Azurite and the pretend Partner Center go on; Azurite is only
 * ended gently, for killed hard it loses what it was told in its last seconds.
 * `node test/crash/real.ts --kills 50 --races 100 --lost 2`
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { beginTickets, type Ground, inParallel, judgeAll, type WatchedCustomer, openGround, pressThrough, settled, USERS } from './ground.ts';
import type { Report } from './judge.ts';

/** Two bots; one or the other is killed hard at random moments while a crew presses tickets through. */
async function killing(ground: Ground, kills: number, from: number, findings: Report['findings']): Promise<number> {
  const where = `--real (kills)`;
  const watched = await beginTickets(ground, from, Math.max(4, Math.ceil(kills / 4)));
  let working = true;
  let killed = 0;
  const killer = (async () => {
    while (working && killed < kills) {
      await pause(50 + Math.random() * 700);
      const at = killed % 2;
      await ground.kill(at);
      killed += 1;
      await ground.start(at);
    }
  })();
  const failures = await inParallel(watched, (customer) => pressThrough(customer));
  // The rest of the kills meet bots that have little to do.
  working = killed < kills && failures.length === 0 && kills - killed < kills / 2;
  await killer;
  const lastFault = Date.now();
  for (const { seen } of failures) findings.push({ invariant: 'I9', where, seen });
  await settled(ground, watched, lastFault, where, findings);
  await judgeAll(ground, watched, (customer) => (failures.some(({ one }) => one === customer) ? 'nowhere' : 'end'), where, findings);
  console.log(`real: ${killed} kills during ${watched.length} moves`);
  return killed;
}

/** Two people press the same approval on two bots in the same moment. */
async function racing(ground: Ground, races: number, from: number, findings: Report['findings']): Promise<number> {
  const where = '--real (races)';
  const watched = await beginTickets(ground, from, races);
  let won = 0;
  const failures = await inParallel(watched, async (customer) => {
    await pressThrough(customer, 'purchase.approve');
    const bo = ground.teams.chat('channel', customer.chat.id, 'Bo Ek');
    const title = 'Approve and buy';
    // The pretend Teams takes the bots in turn, so the four presses fall on both.
    const answers = await Promise.all([customer.chat.press(title, []), bo.press(title, []), customer.chat.press(title, []), bo.press(title, [])]);
    const approvers = [0, 1].filter((who) => [answers[who], answers[who + 2]].some((answer) => answer?.startsWith('Approved.')));
    // Who presses twice at once reads the same twice; and on a busy machine what came of it follows the answer.
    const isLate = answers.some((answer) => answer.startsWith('This takes a moment'));
    if (approvers.length !== 1 && !(isLate && approvers.length === 0)) throw new Error(`${customer.name}: ${answers.join(' / ')}`);
    won += 1;
    await customer.chat.card(`Move ${USERS} people`);
  });
  for (const { seen } of failures) findings.push({ invariant: 'I1', where, seen });
  await settled(ground, watched, Date.now(), where, findings);
  await judgeAll(ground, watched, (customer) => (failures.some(({ one }) => one === customer) ? 'nowhere' : 'purchase'), where, findings);
  console.log(`real: ${won} races of two instances for one approval`);
  return races;
}

/** Each kind of call whose answer can be lost. */
function wires(ground: Ground): Record<string, (times: number) => Promise<void> | void> {
  const partnerCenter = (method: string, path: string) => (times: number) =>
    ground.sandbox.post('faults', { rules: [{ method, path, dropReply: true, times }] }).then(() => {});
  const teams = (path: RegExp) => (times: number) => void ground.teams.refuse.push({ path, status: 0, times, drop: true });
  return {
    'Partner Center: cart': partnerCenter('POST', '/carts$'),
    'Partner Center: checkout': partnerCenter('POST', '/checkout$'),
    'Partner Center: licence update': partnerCenter('POST', '/licenseupdates$'),
    'Partner Center: PATCH': partnerCenter('PATCH', '/subscriptions/'),
    'Partner Center: reads': partnerCenter('GET', '/(orders|users|licenses|subscribedskus|carts)'),
    'tables: transaction': (times) => ground.tables.lose(/^POST \S*\$batch/, times),
    'tables: upsert': (times) => ground.tables.lose(/^(PUT|PATCH|MERGE) /, times),
    'tables: delete': (times) => ground.tables.lose(/^DELETE /, times),
    'tables: read': (times) => ground.tables.lose(/^GET /, times),
    'queues: send': (times) => ground.queues.lose(/^POST \S*\/messages/, times),
    'queues: take': (times) => ground.queues.lose(/^GET \S*\/messages/, times),
    'queues: postpone': (times) => ground.queues.lose(/^PUT \S*\/messages/, times),
    'queues: done': (times) => ground.queues.lose(/^DELETE \S*\/messages/, times),
    'Teams: reply': teams(/^POST .*\/activities/),
    'Teams: new thread': teams(/^POST .*\/v3\/conversations /),
    'Teams: edit': teams(/^PUT .*\/activities\//),
  };
}

/** The wires of one neighbour one after the other, the neighbours side by side. */
async function losing(ground: Ground, each: number, from: number, findings: Report['findings']): Promise<number> {
  const kinds = Object.entries(wires(ground));
  const all = await beginTickets(ground, from, each * kinds.length);
  const lanes = new Map<string, number[]>();
  for (const [index, [name]] of kinds.entries()) {
    const neighbour = name.split(':')[0] as string;
    lanes.set(neighbour, [...(lanes.get(neighbour) ?? []), index]);
  }
  let runs = 0;
  const failed = new Set<WatchedCustomer>();
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const index of lane) {
        const [name, lose] = kinds[index] as (typeof kinds)[number];
        const watched = all.slice(index * each, (index + 1) * each);
        const failures = await inParallel(watched, async (customer) => {
          await lose(2);
          await pressThrough(customer, 'purchase.approve');
          await lose(2);
          await pressThrough(customer);
          runs += 1;
        });
        for (const { one, seen } of failures) {
          failed.add(one);
          findings.push({ invariant: 'I9', where: `--real (${name})`, seen });
        }
        await settled(ground, watched, Date.now(), `--real (${name})`, findings);
      }
    }),
  );
  await ground.sandbox.post('faults', { rules: [] });
  ground.teams.refuse.length = 0;
  await judgeAll(ground, all, (customer) => (failed.has(customer) ? 'nowhere' : 'end'), '--real (lost answers)', findings);
  console.log(`real: ${runs} moves with lost answers on ${kinds.length} kinds of wire`);
  return runs;
}

export async function runReal(of: { kills: number; races: number; lost: number }): Promise<Report> {
  const kinds = 16;
  const moved = Math.max(4, Math.ceil(of.kills / 4));
  const ground = await openGround({ customers: moved + of.races + kinds * of.lost });
  const findings: Report['findings'] = [];
  try {
    const lost = of.lost > 0 ? await losing(ground, of.lost, moved + of.races, findings) : 0;
    const races = of.races > 0 ? await racing(ground, of.races, moved, findings) : 0;
    const kills = of.kills > 0 ? await killing(ground, of.kills, 0, findings) : 0;
    return { runs: lost + races + kills, faults: lost * 4 + kills, findings };
  } finally {
    await ground.close();
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '50' }, races: { type: 'string', default: '100' }, lost: { type: 'string', default: '2' } },
  });
  const report = await runReal({ kills: Number(values.kills), races: Number(values.races), lost: Number(values.lost) });
  if (process.send) process.send(report);
  else console.log(JSON.stringify(report, null, 1));
  process.exit(0);
}
