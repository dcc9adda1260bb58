import type { KindScore } from './score-rows.ts';
import type { Score } from './score.ts';
import type { Share } from './wilson.ts';

/** The score as a table for a terminal. */
export function scoreText(result: Score): string {
  const head = ['', 'injected', 'found', 'other', 'missed', 'false', 'precision', 'recall', 'F1'];
  const line = (row: KindScore): string[] => [
    row.name,
    String(row.injected),
    String(row.found),
    String(row.otherSubkind),
    String(row.missed),
    String(row.falseAlarms),
    share(row.precision),
    share(row.recall),
    row.f1 === undefined ? '–' : row.f1.toFixed(3),
  ];
  const alarms = result.alarmsPerThousandClean === undefined ? '–' : result.alarmsPerThousandClean.toFixed(2);
  return [
    table([head, ...result.bySubkind.map(line)]),
    '',
    'Any subkind of the right kind counts:',
    table([head, ...result.byKind.map(line)]),
    '',
    `${result.findings} findings: ${result.consequences} consequences of a fault, ${result.repeats} repeats, ${result.absencesExplained} absences explained, ${result.population} on no single record`,
    `False alarms (warning or critical) on ${result.cleanOrders} clean orders: ${result.alarmsOnClean}, ${alarms} per 1,000`,
    '',
  ].join('\n');
}

function share(value: Share): string {
  if (value.value === undefined) return '–';
  return `${value.value.toFixed(3)} [${value.low!.toFixed(3)}–${value.high!.toFixed(3)}]`;
}

function table(cells: readonly (readonly string[])[]): string {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
