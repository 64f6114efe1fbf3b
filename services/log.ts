/** Where the program writes what it does. */

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
