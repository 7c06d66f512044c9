"""Runs gunicorn for the workers. A worker that is told to stop ends the jobs that it has begun, and begins no more."""

from gunicorn.app.wsgiapp import WSGIApplication

# Seconds that are left of gunicorn's graceful timeout for giving unfinished jobs back to the queue.
MARGIN = 5


class Workers(WSGIApplication):
    """Keep's workers as gunicorn's arguments say."""

    def load(self):
        app = super().load()
        # Gunicorn loads the application before it starts a worker, which reads this (job_completion_wait in arq/worker.py). Without
        # it, an alert that is being processed is stored twice, or only after the timeout of its job.
        from keep.api.arq_worker import WorkerSettings

        WorkerSettings.job_completion_wait = max(self.cfg.graceful_timeout - MARGIN, 0)
        return app


Workers("%(prog)s [OPTIONS] [APP_MODULE]").run()
