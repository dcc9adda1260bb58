import { EDIFACT } from './dialect.ts';
import { defineEdiFormat } from './edi-format.ts';
import { EDIFACT_DEFAULT } from './separators.ts';

/** UN/EDIFACT: entries are messages (UNH … UNT). */
export const edifact = defineEdiFormat({
  id: 'edifact',
  title: 'EDI EDIFACT',
  extensions: ['edifact', 'edi'],
  dialect: EDIFACT,
  fallback: EDIFACT_DEFAULT,
});
