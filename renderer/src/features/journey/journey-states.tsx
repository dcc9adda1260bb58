import type { Client } from '../../../../src/api/client.ts';
import type { WireSearchHit } from '../../../../src/api/wire.ts';
import { useEngineQuery } from '../../app/api.ts';
import { TypeChip } from '../../ui/chip.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { errorText } from '../../ui/error-text.ts';
import { Skeleton } from '../../ui/progress.tsx';
import styles from './journey-view.module.css';
import { journeyHref } from './parts/journey-link.tsx';
import states from './journey-states.module.css';

/** The page while the journey is on its way: its key is known already, the rest holds its place. */
export function JourneyPending({ type, id }: { readonly type: string; readonly id: string }) {
  return (
    <div className={styles.page} aria-busy="true">
      <div className={states.head}>
        <div className={states.title}>
          <TypeChip type={type} />
          <h1 data-mono="">{id}</h1>
        </div>
        <Skeleton width="46%" />
      </div>
      <div className={states.lanes}>
        {[22, 34, 46, 58, 70].map((left) => (
          <div key={left} className={states.lane}>
            <div style={{ marginLeft: `${left - 18}%` }}>
              <Skeleton width={116} height={44} />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

interface FailedProps {
  readonly error: unknown;
  readonly type: string;
  readonly id: string;
  readonly onRetry: () => void;
}

/** No such journey, or no answer: says so, and offers the nearest identifiers. */
export function JourneyFailed({ error, type, id, onRetry }: FailedProps) {
  const missing = errorText(error).code === 'not-found';
  return (
    <div className={states.failed}>
      <h1 data-visually-hidden="">
        {type} {id}
      </h1>
      <ErrorPanel error={error} {...(missing ? {} : { onRetry })}>
        {missing && <Nearest id={id} type={type} />}
      </ErrorPanel>
    </div>
  );
}

/** What is left of an identifier when its end is wrong: enough to find its neighbours. */
function stem(id: string): string {
  return id.length > 4 ? id.slice(0, Math.max(3, id.length - 2)) : id;
}

const SHOWN = 8;

/** What contains the identifier; where nothing does, what begins as it does. */
function useNearest(id: string): readonly WireSearchHit[] {
  const ask = (text: string) => (client: Client, signal: AbortSignal) => client.records.search({ text, limit: SHOWN }, { signal });
  const containing = useEngineQuery(['search', id, SHOWN], ask(id));
  const none = containing.data?.length === 0;
  const beginning = useEngineQuery(['search', stem(id), SHOWN], ask(stem(id)), { enabled: none });
  return (none ? beginning.data : containing.data) ?? [];
}

function Nearest({ id, type }: { readonly id: string; readonly type: string }) {
  const hits = useNearest(id);
  if (hits.length === 0) return undefined;
  return (
    <div className={states.nearest}>
      <h3>
        Nearest to {type} {id}
      </h3>
      <ul>
        {hits.map((hit) => {
          const target = hit.journey ?? { type: hit.type, key: hit.key };
          return (
            <li key={`${hit.type} ${hit.key} ${hit.matched}`}>
              <a href={journeyHref(target.type, target.key)}>
                {hit.type} <span data-mono="">{hit.key}</span>
              </a>
              {hit.matched !== hit.key && (
                <span data-mono="" className={states.matched}>
                  {hit.matched}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
