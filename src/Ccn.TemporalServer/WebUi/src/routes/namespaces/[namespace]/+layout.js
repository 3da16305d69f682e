import { fetchSearchAttributesForNamespace } from '@temporalio/ui/services/search-attributes-service';
import { lastUsedNamespace } from '@temporalio/ui/stores/namespaces';
import { allSearchAttributes } from '@temporalio/ui/stores/search-attributes';

export async function load({ params, parent, fetch }) {
  await parent();
  lastUsedNamespace.set(params.namespace);
  allSearchAttributes.set(await fetchSearchAttributesForNamespace(params.namespace, fetch));
}
