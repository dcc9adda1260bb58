import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { WirePlan } from '../../../../../src/api/wire.ts';
import { useClient } from '../../../app/api.ts';
import { followJob } from '../../../app/jobs.ts';
import { Page } from '../../../app/page.tsx';
import { Button } from '../../../ui/button.tsx';
import { errorText } from '../../../ui/error-text.ts';
import { plural } from '../../../ui/format.ts';
import { Spinner } from '../../../ui/progress.tsx';
import { ToneMark } from '../../../ui/severity-mark.tsx';
import { sharedFolder } from '../../../ui/shared-folder.ts';
import { PlanChoices } from './plan-choices.tsx';
import { planCounts } from './plan-counts.ts';
import { PlanDetail } from './plan-detail.tsx';
import { groupParts } from './plan-groups.ts';
import { PlanList } from './plan-list.tsx';
import { planRows } from './plan-rows.ts';
import { beginSession, changeSession, endSession, usePlanSession, withValues } from './plan-session.ts';
import styles from './plan-view.module.css';
import { useEdits } from './use-edits.ts';

const route = getRouteApi('/import');

/**
 * How each file would be understood: the files on the left, those that are alike in one group; on the right what was found in them,
 * and what their first entries would become. Nothing is written until the import is started.
 */
export function PlanView({ plan }: { readonly plan: WirePlan }) {
  const client = useClient();
  const navigate = route.useNavigate();
  useEffect(() => beginSession(plan), [plan]);
  const session = usePlanSession(plan);
  const [filter, setFilter] = useState('');
  const edits = useEdits(plan.id);
  const start = useMutation({
    mutationFn: () => client.imports.start({ plan: plan.id, exclude: [...session.excluded] }),
    onSuccess: ({ job }) => {
      endSession(plan.id);
      void followJob(client, job);
      void navigate({ to: '/import', search: { job } });
    },
  });
  const grouped = useMemo(() => groupParts(plan, session.apart), [plan, session.apart]);
  const rows = useMemo(() => planRows(grouped, session.expanded, filter), [grouped, session.expanded, filter]);
  const folder = useMemo(() => sharedFolder(plan.parts.map((part) => part.name)), [plan.parts]);
  const counts = planCounts(plan, session.excluded);
  const selected = rows.find((row) => row.id === session.selected) ?? rows[0];
  const again = plan.parts.length === 1 && plan.parts[0]?.source !== null ? plan.parts[0] : undefined;
  const error = start.error ?? edits.error;

  return (
    <Page
      title={again === undefined ? 'Import' : 'Read again'}
      layout="fill"
      note={
        again === undefined
          ? [
              `${plural(counts.ready, 'file')} to import`,
              counts.known > 0 && `${counts.known} imported already`,
              counts.refused > 0 && `${counts.refused} that cannot be read`,
              counts.excluded > 0 && `${counts.excluded} left out`,
            ]
              .filter((text) => text !== false)
              .join(' · ')
          : 'from the text that the workspace keeps; what comes of it replaces the source'
      }
      actions={
        <>
          {edits.pending && <Spinner label="Reading the first entries again" />}
          {error !== undefined && error !== null && <ToneMark tone="critical">{errorText(error).message}</ToneMark>}
          <PlanChoices plan={plan.id} disabled={edits.pending || start.isPending} />
          <Button
            onClick={() => {
              endSession(plan.id);
              void navigate({ to: again === undefined ? '/' : '/sources' });
            }}
          >
            Cancel
          </Button>
          <Button variant="primary" disabled={counts.ready === 0 || start.isPending || edits.pending} onClick={() => start.mutate()}>
            {again === undefined ? `Import ${plural(counts.ready, 'file')}` : 'Read again'}
          </Button>
        </>
      }
    >
      <div className={styles.split}>
        <PlanList
          rows={rows}
          folder={folder}
          selected={selected?.id}
          excluded={session.excluded}
          filter={filter}
          onFilter={setFilter}
          onSelect={(id) => changeSession(plan.id, () => ({ selected: id }))}
          onExpand={(id, isOpen) => changeSession(plan.id, ({ expanded }) => ({ expanded: withValues(expanded, [id], isOpen) }))}
          onInclude={(parts, isIn) =>
            changeSession(plan.id, ({ excluded }) => ({
              excluded: withValues(
                excluded,
                parts.map((part) => part.id),
                !isIn,
              ),
            }))
          }
        />
        <PlanDetail plan={plan} row={selected} folder={folder} session={session} edits={edits} />
      </div>
    </Page>
  );
}
