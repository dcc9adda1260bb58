import { TRADACOMS } from './dialect.ts';
import { defineEdiFormat } from './edi-format.ts';
import { EDIFACT_DEFAULT } from './separators.ts';

/** TRADACOMS: entries are messages (MHD … MTR). */
export const tradacoms = defineEdiFormat({
  id: 'tradacoms',
  title: 'EDI TRADACOMS',
  extensions: ['tradacoms', 'edi'],
  dialect: TRADACOMS,
  fallback: { ...EDIFACT_DEFAULT, tag: '=' },
});
