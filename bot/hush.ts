/** Botbuilder prints what strangers send, and its keys, at whatever rate they send it. That, and nothing else, is left out. */

type Print = (...words: unknown[]) => void;

const PRINTERS = ['error', 'warn', 'log', 'info', 'debug', 'trace'] as const;
/** The packages whose words are not printed, where they call the console themselves. */
const LIBRARY = /[\\/]node_modules[\\/](?:botbuilder|botframework|@azure[\\/]msal)[^\\/]*[\\/]/;

/** Replaces the console's printers until the returned function is called. `left` is told how often something was left out. */
export function hush(left: () => void): () => void {
  const before = PRINTERS.map((name) => [name, console[name] as Print] as const);
  for (const [name, print] of before)
    console[name] = (...words: unknown[]) => {
      if (LIBRARY.test(callerOf(console[name] as Print))) left();
      else print.apply(console, words);
    };
  return () => Object.assign(console, Object.fromEntries(before));
}

/** The line of the stack that called `printer`. */
function callerOf(printer: Print): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  const here: { stack?: string } = {};
  Error.captureStackTrace(here, printer);
  Error.stackTraceLimit = limit;
  return here.stack ?? '';
}
