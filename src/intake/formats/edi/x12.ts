import { X12 } from './dialect.ts';
import { defineEdiFormat } from './edi-format.ts';

/** ANSI X12: entries are transaction sets (ST … SE), and the interchange acknowledgements (TA1) between them. */
export const x12 = defineEdiFormat({
  id: 'x12',
  title: 'EDI X12',
  extensions: ['x12', 'edi'],
  dialect: X12,
  fallback: { element: '*', component: '>', terminator: '~', repetition: '', release: '', tag: '', charset: '' },
});
