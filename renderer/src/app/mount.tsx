import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '../ui/tokens.css';
import '../ui/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { Client } from '../../../src/api/client.ts';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { ClientProvider, createQueryClient } from './api.ts';
import { createAppRouter } from './router.tsx';
import { applyTheme, useTheme } from './theme.ts';

/** Starts the app on `#root` over a client. The composition root of the interface; tests pass a client of their own. */
export function mount(client: Client): void {
  applyTheme(useTheme.getState().theme);
  const element = document.getElementById('root');
  if (element === null) throw new Error('the page has no #root');
  createRoot(element).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={createQueryClient()}>
          <ClientProvider value={client}>
            <TooltipProvider>
              <RouterProvider router={createAppRouter()} />
            </TooltipProvider>
          </ClientProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  );
}
