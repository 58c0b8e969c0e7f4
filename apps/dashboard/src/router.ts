import { createRouter, createWebHistory } from 'vue-router';
import { session } from './api/session';
import { PATHS } from './paths';

declare module 'vue-router' {
  interface RouteMeta {
    /** Shown without a login. */
    public?: boolean;
    /** What the role must permit. */
    permission?: string;
    /** The text of the title, below `nav`. */
    title: string;
  }
}

const open = (title: string) => ({ public: true, title });
const page = (title: string, permission?: string) => ({ title, ...(permission ? { permission } : {}) });

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: PATHS.signIn, component: () => import('./pages/auth/SignIn.vue'), meta: open('signIn') },
    { path: PATHS.register, component: () => import('./pages/auth/Register.vue'), meta: open('register') },
    { path: PATHS.verify, component: () => import('./pages/auth/Verify.vue'), meta: open('verify') },
    { path: PATHS.reset, component: () => import('./pages/auth/ResetPassword.vue'), meta: open('reset') },
    { path: PATHS.join, component: () => import('./pages/auth/Join.vue'), meta: open('join') },
    { path: PATHS.overview, component: () => import('./pages/overview/Overview.vue'), meta: page('overview') },
    {
      path: PATHS.powerCenters,
      component: () => import('./pages/power-centers/PowerCenters.vue'),
      meta: page('powerCenters', 'power-centers.view'),
    },
    {
      path: PATHS.newPowerCenter,
      component: () => import('./pages/power-centers/PowerCenterForm.vue'),
      meta: page('newPowerCenter', 'power-centers.create'),
    },
    {
      path: PATHS.powerCenter,
      component: () => import('./pages/power-centers/PowerCenter.vue'),
      meta: page('powerCenter', 'power-centers.view'),
    },
    {
      path: PATHS.editPowerCenter,
      component: () => import('./pages/power-centers/PowerCenterForm.vue'),
      meta: page('editPowerCenter', 'power-centers.update'),
    },
    {
      path: PATHS.prices,
      component: () => import('./pages/power-centers/Prices.vue'),
      meta: page('prices', 'prices.view'),
    },
    {
      path: PATHS.chargers,
      component: () => import('./pages/chargers/Chargers.vue'),
      meta: page('chargers', 'chargers.view'),
    },
    {
      path: PATHS.refusedChargers,
      component: () => import('./pages/chargers/Refused.vue'),
      meta: page('refusedChargers', 'chargers.view'),
    },
    {
      path: PATHS.charger,
      component: () => import('./pages/chargers/Charger.vue'),
      meta: page('charger', 'chargers.view'),
    },
    { path: PATHS.orders, component: () => import('./pages/orders/Orders.vue'), meta: page('orders', 'orders.view') },
    { path: PATHS.order, component: () => import('./pages/orders/Order.vue'), meta: page('order', 'orders.view') },
    { path: PATHS.groups, component: () => import('./pages/plain/Groups.vue'), meta: page('groups', 'groups.view') },
    { path: PATHS.sites, component: () => import('./pages/plain/Sites.vue'), meta: page('sites', 'sites.view') },
    {
      path: PATHS.categories,
      component: () => import('./pages/plain/Categories.vue'),
      meta: page('categories', 'categories.view'),
    },
    {
      path: PATHS.feedback,
      component: () => import('./pages/plain/Feedback.vue'),
      meta: page('feedback', 'feedback.view'),
    },
    {
      path: PATHS.workers,
      component: () => import('./pages/plain/Workers.vue'),
      meta: page('workers', 'workers.view'),
    },
    {
      path: PATHS.payouts,
      component: () => import('./pages/plain/Payouts.vue'),
      meta: page('payouts', 'payouts.view'),
    },
    {
      path: PATHS.imports,
      component: () => import('./pages/plain/Imports.vue'),
      meta: page('imports', 'power-centers.create'),
    },
    { path: PATHS.audit, component: () => import('./pages/plain/Audit.vue'), meta: page('audit', 'audit.view') },
    { path: PATHS.settings, component: () => import('./pages/settings/Settings.vue'), meta: page('settings') },
    { path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue'), meta: page('notFound') },
  ],
});

router.beforeEach((to) => {
  if (to.meta.public || session.token) return true;
  return { path: PATHS.signIn, query: to.fullPath === '/' ? {} : { next: to.fullPath } };
});
