import { createRoute } from '@tanstack/react-router';
import { page, requireSession, root } from './base.ts';

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: page(() => import('../pages/account/ForgotPassword.tsx'), 'ForgotPassword', 'account'),
});

// The addresses of links in mails (libs/mail).
const acceptInvitation = createRoute({
  getParentRoute: () => root,
  path: '/accept-invitation',
  component: page(() => import('../pages/account/AcceptInvitation.tsx'), 'AcceptInvitation', 'account'),
});

const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: page(() => import('../pages/account/ResetPassword.tsx'), 'ResetPassword', 'account'),
});

const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-address',
  component: page(() => import('../pages/account/ConfirmAddress.tsx'), 'ConfirmAddress', 'account'),
});

const cancelAddress = createRoute({
  getParentRoute: () => root,
  path: '/cancel-address',
  component: page(() => import('../pages/account/CancelAddress.tsx'), 'CancelAddress', 'account'),
});

const welcome = createRoute({
  getParentRoute: () => root,
  path: '/welcome',
  beforeLoad: requireSession,
  component: page(() => import('../pages/welcome/Welcome.tsx'), 'Welcome', 'welcome'),
});

/** Pages outside of the shell: what links in mails lead to, and the first steps. */
export const accountRoutes = [
  forgotPassword,
  acceptInvitation,
  resetPassword,
  confirmAddress,
  cancelAddress,
  welcome,
] as const;
