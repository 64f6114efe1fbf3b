/** What the watch is given. */
import type { Programme } from '../catalogue/programmes.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { PartnerCenter, PriceSheets } from '../partnerCenter/port.ts';
import type { WakeUps } from '../queue/worker.ts';
import type { Store } from '../store/store.ts';
import type { Pace } from './rest.ts';

export interface SweepDeps {
  store: Store;
  /** For what an alert tells. */
  partnerCenter: PartnerCenter;
  /** What subscriptions cost from the end of their terms on. */
  priceSheets: PriceSheets;
  /** The same, behind everything that a person waits for. */
  lowPriority: Pick<PartnerCenter, 'customers' | 'subscriptions' | 'subscription' | 'activities' | 'stopping' | 'seatPools' | 'provisioning'>;
  programmes: readonly Programme[];
  clock: Clock;
  wake: WakeUps;
  log: Log;
  metrics: Metrics;
  /** Within this time every customer is looked at once, where the requests suffice; within two of it where they do not. */
  periodMs: number;
  pace: Pace;
}
