import { Link } from '@tanstack/react-router';
import { useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { RecordsTable } from './records-table.tsx';

/** All records with a journey. */
export function RecordsPage() {
  const info = useWorkspaceInfo().data;
  if (info !== undefined && info.journeys === 0) {
    return (
      <Page title="Records" layout="fill">
        <Empty
          title="There are no records yet"
          actions={
            <Link to="/" className={buttonClass('primary')}>
              Import files
            </Link>
          }
        >
          Records appear when logs or payload exports that name them are imported.
        </Empty>
      </Page>
    );
  }
  return <RecordsTable />;
}
