/** Which tickets a chat hears of, or leaves out. Plain data. */
export type Watching = { what: 'all' } | { what: 'customer'; customerId: string; customerName: string } | { what: 'programme'; programme: string };
