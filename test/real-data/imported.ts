import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';
import type { Client } from '../../src/api/client.ts';
import type { WireFinding, WireImportSummary, WireJourney } from '../../src/api/wire.ts';
import { bench, importPaths } from '../support/engine.ts';

/**
 * Exports made by other people, through the whole engine and without a profile. Their facts were counted with other tools. The folder stands
 * beside the project on some machines only, and nothing of it is in the project.
 */
export const DATA = resolve(import.meta.dirname, '../../../shared/data');
export const HERE = existsSync(DATA);
if (!HERE) console.info(`skipped: the real exports are not here (${join('..', 'shared', 'data')} is missing)`);

export interface Imported {
  readonly client: Client;
  readonly summary: WireImportSummary;
}

export async function imported(...files: readonly string[]): Promise<Imported> {
  const { client } = await bench();
  const summary = await importPaths(
    client,
    files.map((file) => join(DATA, file)),
  );
  expect(summary.refused).toEqual([]);
  expect(summary.sources.map(({ name, rejected }) => [name, rejected])).toEqual(summary.sources.map(({ name }) => [name, 0]));
  return { client, summary };
}

export async function journeys(client: Client): Promise<WireJourney[]> {
  const { rows } = await client.records.page({ sort: 'key', descending: false, limit: 1000 });
  return Promise.all(rows.map((row) => client.journeys.get({ id: row.key, type: row.type })));
}

export async function findings(client: Client): Promise<readonly WireFinding[]> {
  return (await client.findings.page({ limit: 1000 })).rows;
}

export const stepsOf = (journey: WireJourney): string[] => journey.steps.filter((step) => !step.absent).map((step) => step.step);
