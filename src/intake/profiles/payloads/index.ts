import type { PlatformProfile } from '../../mapper.ts';
import { cxml } from './cxml.ts';
import { fhir } from './fhir.ts';
import { netsuiteSearch } from './netsuite-search.ts';
import { netsuite } from './netsuite.ts';
import { salesforce } from './salesforce.ts';
import { sapIdoc } from './sap-idoc.ts';
import { shopify } from './shopify.ts';
import { stripe } from './stripe.ts';
import { ubl } from './ubl.ts';

/** Business documents and objects as their systems write them. */
export const PAYLOAD_PROFILES: readonly PlatformProfile[] = [
  ubl,
  sapIdoc,
  cxml,
  fhir,
  shopify,
  stripe,
  salesforce,
  netsuite,
  netsuiteSearch,
];
