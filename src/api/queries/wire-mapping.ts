import type { z } from 'zod';
import type { FieldMapping, Mapping } from '../../intake/mapper.ts';
import type { WireFieldMapping, WireMapping } from '../wire.ts';

/** A mapping as the contract shows it. */
export function wireMapping(mapping: Mapping): WireMapping {
  const { added, reading, otherwise, ...rest } = mapping;
  return {
    ...rest,
    fields: mapping.fields.map(wireField),
    ...(added === undefined ? {} : { added: added.map(wireField) }),
    ...(reading === undefined ? {} : { reading: plain(reading) }),
    ...(otherwise === undefined ? {} : { otherwise: otherwise.map(plain) }),
  };
}

function wireField({ read, ...field }: FieldMapping): WireFieldMapping {
  return { ...field, samples: [...field.samples], ...(read === undefined ? {} : { read: plain(read) }) };
}

/** What is carried along as it is: plain data. */
function plain(value: object): Record<string, z.core.util.JSONType> {
  return JSON.parse(JSON.stringify(value)) as Record<string, z.core.util.JSONType>;
}
