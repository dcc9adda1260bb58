import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { WirePassport, WireUsualFlow } from '../../../../src/api/wire.ts';
import { useClient, useEngineQuery, useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { errorText } from '../../ui/error-text.ts';
import { plural } from '../../ui/format.ts';
import { Skeleton } from '../../ui/progress.tsx';
import { ToneMark } from '../../ui/severity-mark.tsx';
import { NEW_PASSPORT, setDraft, useDraft } from './drafts.ts';
import styles from './flows.module.css';
import { FlowsNav } from './flows-nav.tsx';
import { PassportEditor } from './passport-editor.tsx';
import { UsualFlow } from './usual-flow.tsx';

const route = getRouteApi('/flows');

/** What is usual in the journeys of each type, and the passports that say what must be. */
export function FlowsPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const client = useClient();
  const workspace = useWorkspaceInfo().data?.path ?? '';
  const usual = useEngineQuery<WireUsualFlow[]>(['flows-usual'], (engine, signal) => engine.flows.usual(undefined, { signal }));
  const passports = useEngineQuery<WirePassport[]>(['flows'], (engine, signal) => engine.flows.list(undefined, { signal }));
  const hasNew = useDraft(workspace, NEW_PASSPORT) !== undefined;
  const { passport } = search;
  const kept = useEngineQuery<{ readonly yaml: string }>(
    ['flow', passport],
    (engine, signal) => engine.flows.get({ name: passport ?? '' }, { signal }),
    { enabled: passport !== undefined && passport !== NEW_PASSPORT, keep: false },
  );
  const flows = usual.data;
  const flow = flows?.find(({ type }) => type === search.type) ?? flows?.[0];
  const show = (name: string | undefined): void => void navigate({ search: name === undefined ? {} : { passport: name }, replace: true });
  const learn = useMutation({
    mutationFn: (type: string) => client.flows.learn({ type }),
    onSuccess: ({ yaml }) => {
      setDraft(workspace, NEW_PASSPORT, yaml);
      void navigate({ search: { passport: NEW_PASSPORT } });
    },
  });

  const error = usual.error ?? passports.error;
  return (
    <Page
      title="Flows"
      layout="fill"
      note={
        passports.data === undefined || passports.data.length === 0 ? undefined : `judged by ${plural(passports.data.length, 'passport')}`
      }
      actions={
        passport === undefined && flow !== undefined ? (
          <>
            {learn.isError && <ToneMark tone="warning">{errorText(learn.error).message}</ToneMark>}
            <Button disabled={learn.isPending} onClick={() => learn.mutate(flow.type)}>
              Learn a passport
            </Button>
          </>
        ) : undefined
      }
    >
      {error !== null ? (
        <div className={styles.pad}>
          <ErrorPanel error={error} />
        </div>
      ) : flows === undefined || passports.data === undefined ? (
        <div className={styles.pad}>
          <Skeleton width="50%" />
        </div>
      ) : (
        <div className={styles.split}>
          <FlowsNav flows={flows} passports={passports.data} type={flow?.type} passport={passport} hasNew={hasNew} />
          {passport !== undefined ? (
            kept.isError ? (
              <div className={styles.pad}>
                <ErrorPanel error={kept.error} />
              </div>
            ) : passport !== NEW_PASSPORT && kept.data === undefined ? (
              <div className={styles.pad}>
                <Skeleton width="50%" />
              </div>
            ) : (
              <PassportEditor
                key={`${workspace} ${passport}`}
                workspace={workspace}
                name={passport}
                kept={passport === NEW_PASSPORT ? undefined : kept.data?.yaml}
                onSaved={show}
                onRemoved={() => show(undefined)}
              />
            )
          ) : flow === undefined ? (
            <Empty title="Nothing is known yet">Import logs to see what is usual, or write a passport that says what must be.</Empty>
          ) : (
            <UsualFlow flow={flow} />
          )}
        </div>
      )}
    </Page>
  );
}
