import { error, redirect } from '@sveltejs/kit';
import { fetchWorkflowForRunId } from '@temporalio/ui/services/workflow-service';
import { routeForEventHistory } from '@temporalio/ui/utilities/route-for';

// A link that names no run means the latest.
export async function load({ params: { namespace, workflow }, parent, fetch }) {
  await parent();
  const { runId } = await fetchWorkflowForRunId({ namespace, workflowId: workflow }, fetch);
  if (!runId) error(404, `There is no workflow ${workflow}.`);
  redirect(302, routeForEventHistory({ namespace, workflow, run: runId }));
}
