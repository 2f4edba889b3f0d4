CREATE TABLE "readings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sensor_id" text NOT NULL,
	"celsius" double precision NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE INDEX "readings_sensor_taken" ON "readings" ("sensor_id", "taken_at" DESC);
