import { berlinIso, isoMs } from '../local-time.ts';

/** `091502` of a UTC instant. */
export const clockText = (at: number): string => isoMs(at).slice(11, 19).replaceAll(':', '');

/** `2026-03-02 10:15:02.431 +0100`, Berlin wall time. */
export function translatorTime(at: number): string {
  const text = berlinIso(at);
  return `${text.slice(0, 10)} ${text.slice(11, 23)} ${text.slice(23).replace(':', '')}`;
}

/** `2026-03-02 10:15:02.431+01:00`: Berlin wall time as the ERP's tables show it. */
export function erpTime(at: number): string {
  const text = berlinIso(at);
  return `${text.slice(0, 10)} ${text.slice(11)}`;
}
