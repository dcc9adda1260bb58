import { useWorkspaceInfo } from '../../app/api.ts';
import { Page } from '../../app/page.tsx';
import { Skeleton } from '../../ui/progress.tsx';
import { Overview } from './overview.tsx';
import { Welcome } from './welcome.tsx';

/** The first page: how to begin when the workspace is empty, else what is in it. */
export function StartPage() {
  const info = useWorkspaceInfo();
  if (info.data === undefined) {
    return (
      <Page title="Start">
        <Skeleton width="40%" />
      </Page>
    );
  }
  return info.data.sources === 0 ? <Welcome /> : <Overview info={info.data} />;
}
