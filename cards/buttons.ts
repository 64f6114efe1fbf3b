/** Buttons as a card carries them: an opaque handle, a version, a verb; and the same for clients that only submit. */
import type { Safe } from './escape.ts';

export interface CardTarget {
  /** What the server looks up. */
  id: string;
  /** Which question the card asks: a press is an answer to that one. */
  version: number;
}

export type Action = Record<string, unknown>;

interface Style {
  style?: 'positive';
  mode?: 'secondary';
  inputs?: boolean;
  more?: Record<string, string | number>;
}

/** The next step; the one filled button. */
export function primary(title: Safe, verb: string, aim: CardTarget, inputs = false): Action {
  return execute(title, verb, aim, { style: 'positive', inputs });
}

/** The other way out. */
export function secondary(title: Safe, verb: string, aim: CardTarget): Action {
  return execute(title, verb, aim, {});
}

/** Behind the "…". */
export function overflow(title: Safe, verb: string, aim: CardTarget): Action {
  return execute(title, verb, aim, { mode: 'secondary' });
}

export function execute(title: Safe, verb: string, aim: CardTarget, style: Style): Action {
  const data = { id: aim.id, v: aim.version, ...style.more };
  const appearance = {
    ...(style.style ? { style: style.style } : {}),
    ...(style.mode ? { mode: style.mode } : {}),
    ...(style.inputs ? {} : { associatedInputs: 'none' }),
  };
  return { type: 'Action.Execute', title, verb, data, ...appearance, fallback: { type: 'Action.Submit', title, data: { ...data, verb }, ...appearance } };
}

/** A form that opens inside the card; one a card. */
export function form(title: Safe, body: Action[], actions: Action[]): Action {
  return { type: 'Action.ShowCard', title, card: { type: 'AdaptiveCard', body, actions } };
}

export function toggleDetails(title: Safe): Action {
  return { type: 'Action.ToggleVisibility', title, targetElements: ['details'], mode: 'secondary' };
}

export function openUrl(title: Safe, customerId: string, page: 'subscriptions' | 'users', mode?: 'secondary'): Action {
  return {
    type: 'Action.OpenUrl',
    title,
    url: `https://partner.microsoft.com/dashboard/v2/customers/${encodeURIComponent(customerId)}/${page}`,
    ...(mode ? { mode } : {}),
  };
}

/** Where an admin of the customer accepts the agreement; nobody else can. */
export function openAgreement(title: Safe): Action {
  return { type: 'Action.OpenUrl', title, url: 'https://admin.microsoft.com/', mode: 'secondary' };
}

export function reasonInput(label: Safe, error: Safe): Action {
  return { type: 'Input.Text', id: 'reason', label, spacing: 'None', maxLength: 200, isRequired: true, errorMessage: error };
}
