/**
 * The shape of planned actions as Partner Center first showed it on any customer of this partner: it comes from third parties, so it is
 * written only where it was seen. Names of fields only.
 */
import { SHAPE_KEY, SHOWN } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/update.ts';

export interface Shape {
  fields: string;
  seenAt: string;
}

/** The first real shape; undefined where none was seen yet. */
export async function readShape(store: Store): Promise<Shape | undefined> {
  return (await store.get<Shape>(...SHOWN, SHAPE_KEY))?.value;
}

/** Keeps the first shape that is seen; another process may have been faster. */
export async function noteShape(store: Store, fields: string, seenAt: string): Promise<void> {
  if (await readShape(store)) return;
  await store.commit(...SHOWN, [written(null, SHAPE_KEY, { fields, seenAt } satisfies Shape)]);
}
