/** The certificate with which the app for Partner Center proves itself: where it stands in a text, and when it ends. Pure. */
import { X509Certificate } from 'node:crypto';

/** So long before its end whoever runs the bot hears of it: nobody makes a new one by itself. */
export const CERTIFICATE_WARN_DAYS = 30;

/** When it ends, as ISO text; null where the text holds no certificate that can be read. */
export function certificateEnds(text: string): string | null {
  try {
    return new Date(new X509Certificate(certificateIn(text)).validTo).toISOString();
  } catch {
    return null;
  }
}

/** The first certificate in a text of PEM; empty where there is none. */
export function certificateIn(text: string): string {
  return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(text)?.[0] ?? '';
}
