import { i18nNamespaces } from '@temporalio/ui/i18n/index';
import locales from '@temporalio/ui/i18n/locales/index';
import { fetchCluster, fetchSystemInfo } from '@temporalio/ui/services/cluster-service';
import { fetchNamespaces } from '@temporalio/ui/services/namespaces-service';
import { fetchSettings } from '@temporalio/ui/services/settings-service';
import i18next from 'i18next';

// Everything is read in the browser; the server gives files and the API only.
export const ssr = false;

export async function load({ fetch }) {
  // Before anything else: components look their words up when they are loaded.
  await i18next.init({ lng: 'en', fallbackLng: 'en', ns: i18nNamespaces, defaultNS: 'common', resources: locales });
  const settings = await fetchSettings(fetch);
  const [cluster, systemInfo] = await Promise.all([fetchCluster(settings, fetch), fetchSystemInfo(settings, fetch), fetchNamespaces(settings, fetch)]);
  return { settings, cluster, systemInfo };
}
