import type { Invariant } from './judge.ts';
export async function runReal(_of: {
  kills: number;
  races: number;
}): Promise<{ runs: number; faults: number; findings: { invariant: Invariant; where: string; seen: string }[] }> {
  return { runs: 0, faults: 0, findings: [] };
}
