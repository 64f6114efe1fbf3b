import type { Turn } from '../queue/worker.ts';
import { speakTo } from './chatQueue.ts';
import type { Speaking } from './ports.ts';
import { spread, spreadDigest } from './fanOut.ts';

/** One turn: `spread <customer>`, `chat <key>` or `digest`. */
export async function speakTurn(deps: Speaking, text: string): Promise<Turn> {
  const [what, id = ''] = text.split(' ');
  if (what === 'spread') return spread(deps, id);
  if (what === 'chat') return speakTo(deps, id);
  if (what === 'digest') return spreadDigest(deps);
  return 'gone';
}
