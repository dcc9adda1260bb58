import { createHashHistory, createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Empty } from '../ui/empty.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page, PagePending } from './page.tsx';
import { parseSearch, stringifySearch } from './search-codec.ts';
import {
  findingsSearch,
  flowsSearch,
  importSearch,
  incidentsSearch,
  journeySearch,
  recordsSearch,
  sourcesSearch,
} from './search-schemas.ts';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell });

const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../features/start/start-page.tsx'), 'StartPage'),
});

const records = createRoute({
  getParentRoute: () => root,
  path: '/records',
  validateSearch: recordsSearch,
  component: lazyRouteComponent(() => import('../features/records/records-page.tsx'), 'RecordsPage'),
});

const findings = createRoute({
  getParentRoute: () => root,
  path: '/findings',
  validateSearch: findingsSearch,
  component: lazyRouteComponent(() => import('../features/findings/findings-page.tsx'), 'FindingsPage'),
});

const incidents = createRoute({
  getParentRoute: () => root,
  path: '/incidents',
  validateSearch: incidentsSearch,
  component: lazyRouteComponent(() => import('../features/incidents/incidents-page.tsx'), 'IncidentsPage'),
});

/** `JourneyPage` takes no props: it reads its place by `getRouteApi('/journey/$type/$key')` (params and `JourneySearch`). */
const journey = createRoute({
  getParentRoute: () => root,
  path: '/journey/$type/$key',
  validateSearch: journeySearch,
  component: lazyRouteComponent(() => import('../features/journey/journey-page.tsx'), 'JourneyPage'),
});

const flows = createRoute({
  getParentRoute: () => root,
  path: '/flows',
  validateSearch: flowsSearch,
  component: lazyRouteComponent(() => import('../features/flows/flows-page.tsx'), 'FlowsPage'),
});

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  validateSearch: sourcesSearch,
  component: lazyRouteComponent(() => import('../features/sources/sources-page.tsx'), 'SourcesPage'),
});

const importRoute = createRoute({
  getParentRoute: () => root,
  path: '/import',
  validateSearch: importSearch,
  component: lazyRouteComponent(() => import('../features/import/import-page.tsx'), 'ImportPage'),
});

const sql = createRoute({
  getParentRoute: () => root,
  path: '/sql',
  component: lazyRouteComponent(() => import('../features/sql/sql-page.tsx'), 'SqlPage'),
});

const routeTree = root.addChildren([start, records, findings, incidents, flows, journey, sources, importRoute, sql]);

/**
 * The router. The hash is the address, so that the desktop, the loopback host and a pasted link share one grammar.
 * Navigation pushes; a selection within a page replaces.
 */
export function createAppRouter() {
  return createRouter({
    routeTree,
    history: createHashHistory(),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PagePending,
    defaultErrorComponent: ({ error, reset }) => <ErrorPanel error={error} onRetry={reset} />,
    defaultNotFoundComponent: () => (
      <Page title="Not found" layout="fill">
        <Empty title="There is no such page">The address names no page of Waybill. Press Ctrl K to find a record.</Empty>
      </Page>
    ),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
