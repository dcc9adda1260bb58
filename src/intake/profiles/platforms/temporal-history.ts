import type { EventKind } from '../../../model/event.ts';
import type { JsonObject, Place } from '../../entry.ts';
import { asNumber } from '../tree.ts';
import type { Moment } from './moments.ts';
import type { Said } from './payload.ts';
import { failureText, protoMember, protoObject, protoText } from './temporal-values.ts';

/** What an event says whatever its type. */
export interface WorkflowFacts {
  readonly id: number;
  /** Folded: `activitytaskstarted`. */
  readonly type: string;
  readonly typeRaw: string;
  readonly at: Moment;
  readonly error: string;
  readonly said: Said;
  readonly place: Place;
}

/** What an event says by its attributes. */
interface WorkflowSubject {
  /** Name of what the event begins: the workflow, activity, child, operation. */
  readonly name: string;
  /** Id of the event that began what this one is about; 0: it begins it itself. */
  readonly began: number;
  /** 0: not told. */
  readonly attempt: number;
  /** How the try before this one failed. */
  readonly lastFailure: string;
  readonly run: string;
  readonly workflowId: string;
  /** Run of the workflow that started this one, or of the run that this one continues. */
  readonly parent: string;
  readonly timeoutType: string;
}

export type WorkflowEvent = WorkflowFacts & WorkflowSubject;

/** Reads the attributes that tell what an event is about. */
export function subjectOf(type: string, attributes: JsonObject): WorkflowSubject {
  const started = type === 'workflowexecutionstarted';
  const name =
    protoText(protoObject(attributes, 'activityType'), 'name') ||
    protoText(protoObject(attributes, 'workflowType'), 'name') ||
    protoText(attributes, 'signalName') ||
    [protoText(attributes, 'service'), protoText(attributes, 'operation')].filter((word) => word !== '').join(' ');
  const parent = protoText(protoObject(attributes, 'parentWorkflowExecution'), 'runId') || protoText(attributes, 'continuedExecutionRunId');
  return {
    name,
    began:
      numberOf(attributes, type.startsWith('timer') ? 'startedEventId' : 'scheduledEventId') || numberOf(attributes, 'initiatedEventId'),
    attempt: numberOf(attributes, 'attempt'),
    lastFailure: failureText(protoObject(attributes, 'lastFailure')),
    run: started ? protoText(attributes, 'originalExecutionRunId') : '',
    workflowId: started ? protoText(attributes, 'workflowId') : '',
    parent: started ? parent : '',
    timeoutType: protoText(attributes, 'timeoutType'),
  };
}

function numberOf(attributes: JsonObject, name: string): number {
  const value = asNumber(protoMember(attributes, name));
  return Number.isInteger(value) && value > 0 ? value : 0;
}

/** What an event means for the journey. */
interface Step {
  readonly kind: EventKind;
  readonly step: string;
  readonly span: string;
  readonly attempt: number;
  /** Set where the try before this one failed and nothing else tells it. */
  readonly failedBefore: string | undefined;
  /** An outcome that says nothing about the business. */
  readonly routine: boolean;
}

interface Begun {
  readonly step: string;
  attempt: number;
}

/** Most activities, timers and children under way at once; a history has 51,200 events at most. */
const MOST_BEGUN = 60_000;

const RUN = /^workflowexecution(?:started|completed|failed|timedout|canceled|terminated|continuedasnew|paused|unpaused)$/;
const BEGINS = /^(?:activitytaskscheduled|timerstarted|startchildworkflowexecutioninitiated|nexusoperationscheduled)$/;
const FOLLOWS =
  /^(?:activitytask(?:started|completed|failed|timedout|canceled)|timer(?:fired|canceled)|startchildworkflowexecutionfailed|childworkflowexecution(?:started|completed|failed|canceled|timedout|terminated)|nexusoperation(?:started|completed|failed|canceled|timedout))$/;
const ENDS = /(?:completed|failed|timedout|canceled|terminated|fired)$/;

/** Follows the events of one run, in the order of their ids. */
export class WorkflowFollower {
  execution: string;
  flow = '';
  /** By the id of the event that began them. */
  readonly #begun = new Map<number, Begun>();

  constructor(execution: string) {
    this.execution = execution;
  }

  follow(event: WorkflowEvent): Step {
    const { type } = event;
    if (type === 'workflowexecutionstarted') {
      this.flow = event.name;
      if (event.run !== '') this.execution = event.run;
    }
    if (RUN.test(type)) {
      const attempt = type === 'workflowexecutionstarted' && event.attempt > 1 ? event.attempt : 0;
      return { ...PLAIN, kind: 'step', step: 'run', span: 'run', attempt };
    }
    if (BEGINS.test(type)) {
      const step = type === 'timerstarted' ? 'timer' : event.name || 'activity';
      if (this.#begun.size >= MOST_BEGUN) this.#begun.clear();
      this.#begun.set(event.id, { step, attempt: 0 });
      return { ...PLAIN, kind: 'step', step, span: String(event.id) };
    }
    if (FOLLOWS.test(type)) return this.#goOn(event);
    const task = type.startsWith('workflowtask');
    // A worker that is gone lets its sticky queue time out, and the task goes to the common queue: that happens at every deployment.
    const routine =
      task && !(type === 'workflowtaskfailed' || (type === 'workflowtasktimedout' && !/schedule_?to_?start$/i.test(event.timeoutType)));
    return { ...PLAIN, step: task ? 'workflow task' : noteStep(event), span: task ? 'run' : '', routine };
  }

  #goOn(event: WorkflowEvent): Step {
    const begun = this.#begun.get(event.began);
    const step = begun?.step ?? (event.name || (event.type.startsWith('timer') ? 'timer' : 'activity'));
    const attempt = event.attempt || (begun?.attempt ?? 0);
    if (begun !== undefined) begun.attempt = attempt;
    if (ENDS.test(event.type)) this.#begun.delete(event.began);
    const retried = event.type === 'activitytaskstarted' && event.attempt > 1 && event.lastFailure !== '';
    return {
      ...PLAIN,
      kind: 'step',
      step,
      span: event.began === 0 ? String(event.id) : String(event.began),
      attempt,
      failedBefore: retried ? event.lastFailure : undefined,
    };
  }
}

const PLAIN: Step = { kind: 'note', step: '', span: '', attempt: 0, failedBefore: undefined, routine: false };

function noteStep(event: WorkflowEvent): string {
  if (event.type === 'workflowexecutionsignaled') return event.name === '' ? 'signal' : `signal ${event.name}`;
  return event.typeRaw
    .replace(/^EVENT_TYPE_/, '')
    .replaceAll('_', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
}
