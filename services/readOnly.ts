/** The switch that stops every step which spends money or takes something away; one row, read at each such step. */
import type { Store } from './store/store.ts';

export interface Switch {
  on: boolean;
  /** Person's key, or `operator` from the command line. */
  by: string;
  /** ISO text. */
  at: string;
}

export async function readSwitch(store: Store): Promise<Switch | null> {
  return (await store.get<Switch>('budget', 'switch', 'readOnly'))?.value ?? null;
}

export async function setSwitch(store: Store, value: Switch): Promise<void> {
  await store.put('budget', 'switch', 'readOnly', value);
}
