import type { JourneyStatus } from '../../../src/model/journey.ts';
import type { Severity } from '../../../src/model/finding.ts';
import type { Status } from '../../../src/model/status.ts';

/** How bad something is, as the interface shows it: a severity, or fine, or neither. */
export type Tone = Severity | 'fine' | 'neutral';

/** The tone of a journey's status. */
export function journeyTone(status: JourneyStatus): Tone {
  switch (status) {
    case 'completed':
      return 'fine';
    case 'incomplete':
      return 'warning';
    case 'failed':
      return 'critical';
    case 'open':
    case 'unknown':
      return 'neutral';
  }
}

/** The tone of a step's or an event's status. */
export function statusTone(status: Status): Tone {
  switch (status) {
    case 'succeeded':
      return 'fine';
    case 'succeeded-with-warning':
    case 'retried':
    case 'timed-out':
      return 'warning';
    case 'failed':
      return 'critical';
    case 'cancelled':
    case 'discarded':
      return 'info';
    case 'unknown':
    case 'started':
    case 'running':
    case 'waiting':
    case 'skipped':
      return 'neutral';
  }
}
