import type { PlatformProfile } from '../../mapper.ts';
import { edifact } from './edifact.ts';
import { hl7V2 } from './hl7-v2.ts';
import { tradacoms } from './tradacoms.ts';
import { x12 } from './x12.ts';

/** Documents of electronic data interchange. */
export const EDI_PROFILES: readonly PlatformProfile[] = [x12, edifact, tradacoms, hl7V2];
