import { redirect } from '@sveltejs/kit';
import { base } from '$app/paths';

// The package comes here when the site refuses a call. The site has asked who it is before this page could open, so go on.
export function load({ url }) {
  const back = new URL(url.searchParams.get('returnUrl') ?? base, url.origin);
  redirect(302, back.origin === url.origin && !back.pathname.endsWith('/login') ? back.pathname + back.search : base);
}
