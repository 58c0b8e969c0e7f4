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
    { path: '/:rest(.*)*', component: () => import('./pages/NotFound.vue'), meta: page('notFound') },
  ],
});

router.beforeEach((to) => {
  if (to.meta.public || session.token) return true;
  return { path: PATHS.signIn, query: to.fullPath === '/' ? {} : { next: to.fullPath } };
});
