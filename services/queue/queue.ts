/** The queues' port. A message is a wake-up where to look; the tables are the truth. */

export type QueueName = 'sweep' | 'notify' | 'move';
export const QUEUES: readonly QueueName[] = ['sweep', 'notify', 'move'];

export interface Message {
  text: string;
  /** How often it was taken, this time included. */
  taken: number;
  /** Lets it be seen again after `ms`, with another text where one is given; the queue remembers. */
  postpone(ms: number, text?: string): Promise<void>;
  done(): Promise<void>;
}

export interface Queues {
  /** Puts a message that stays invisible for `delayMs` (at most 7 days). */
  send(queue: QueueName, text: string, delayMs: number): Promise<void>;
  /** Takes up to `most` messages, each hidden from others for `hiddenMs`. */
  take(queue: QueueName, most: number, hiddenMs: number): Promise<Message[]>;
}
