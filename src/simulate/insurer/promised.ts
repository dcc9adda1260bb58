import type { Promised } from '../company.ts';

/** Letters are rendered by this hour of the first business day after the payment. */
export const LETTERS_BY = 9;

/** A claim is known by several numbers; the rule holds whichever of them its journey is named after. */
const promised = (record: string): Promised => ({
  name: `${record}-to-letter`,
  yaml: `passport: ${record}-to-letter
title: Claims from the notice to the letter
record: ${record}
owner: claims-operations@insurer.example
calendar:
  zone: Europe/Berlin
  days: [mon, tue, wed, thu, fri]
steps:
  - step: payments.Ausfuehrung
  - step: letters.render
    after: payments.Ausfuehrung
    window: before 0${LETTERS_BY}:00 on business days
`,
});

/** What the insurer promised. */
export const PROMISED: readonly Promised[] = ['claim', 'dossier', 'notice'].map(promised);
