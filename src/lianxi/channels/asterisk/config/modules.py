"""Which modules are loaded. Nothing by itself: with autoload off each dependency is listed."""

from lianxi.channels.asterisk.config.instance import Instance
from lianxi.channels.asterisk.errors import AsteriskUnusable

FOUNDATION = (
    "res_timing_timerfd",
    "res_sorcery_config",
    "res_sorcery_memory",
    "res_sorcery_astdb",
    "res_crypto",
    "res_http_websocket",
    "res_websocket_client",
)

ARI = (
    "res_stasis",
    "res_stasis_answer",
    "res_stasis_playback",
    "res_stasis_recording",
    "res_stasis_snoop",
    "app_stasis",
    "res_ari",
    "res_ari_model",
    "res_ari_applications",
    "res_ari_asterisk",
    "res_ari_bridges",
    "res_ari_channels",
    "res_ari_endpoints",
    "res_ari_events",
    "res_ari_playbacks",
    "res_ari_recordings",
)

MEDIA = (
    "res_rtp_asterisk",
    "res_srtp",
    "res_format_attr_opus",
    "codec_ulaw",
    "codec_alaw",
    "codec_a_mu",
    "codec_g722",
    "codec_resample",
    "format_pcm",
    "format_wav",
    "format_sln",
    "res_musiconhold",
    "bridge_simple",
    "bridge_softmix",
    "bridge_holding",
    "bridge_native_rtp",
    "chan_bridge_media",
)

SIP = (
    "res_pjproject",
    "res_pjsip",
    "res_pjsip_session",
    "res_pjsip_pubsub",
    "res_pjsip_acl",
    "res_pjsip_authenticator_digest",
    "res_pjsip_outbound_authenticator_digest",
    "res_pjsip_caller_id",
    "res_pjsip_dtmf_info",
    "res_pjsip_endpoint_identifier_ip",
    "res_pjsip_endpoint_identifier_user",
    "res_pjsip_header_funcs",
    "res_pjsip_logger",
    "res_pjsip_nat",
    "res_pjsip_outbound_registration",
    "res_pjsip_path",
    "res_pjsip_registrar",
    "res_pjsip_rfc3326",
    "res_pjsip_sdp_rtp",
    "res_pjsip_transport_websocket",
    "chan_pjsip",
)

DIALPLAN = (
    "pbx_config",
    "func_callerid",
    "func_channel",
    "func_db",
    "func_global",
    "func_logic",
    "func_strings",
    "app_mixmonitor",
    "app_playback",
    "app_verbose",
)

NEEDED = (*FOUNDATION, *ARI, *MEDIA, *SIP, *DIALPLAN)
"""Without any of these Asterisk is of no use to us."""

FAX = ("app_stack", "res_fax", "res_fax_spandsp", "res_pjsip_t38", "func_cut", "func_timeout")
"""Without any of these no fax is received or sent; a build that lacks one serves calls."""

WELCOME = (
    "codec_opus_open_source",
    "codec_opus",
    "res_mutestream",
    "func_talkdetect",
    "app_echo",
)
"""Loaded where the build has them."""


def not_running(listing: str) -> list[str]:
    """Needed modules that the console command "module show" does not list as running."""
    running = {
        line.split()[0].removesuffix(".so")
        for line in listing.splitlines()
        if " Running " in line and " Not Running " not in line
    }
    return [name for name in NEEDED if name not in running]


def module_files(instance: Instance) -> dict[str, str]:
    """The list of modules for this build.

    Raises:
        AsteriskUnusable: the build lacks a module we cannot do without.
    """
    available = instance.tree.available
    missing = [name for name in NEEDED if name not in available]
    if missing:
        raise AsteriskUnusable(
            path=instance.tree.command[-1], reason="it lacks the modules " + ", ".join(missing)
        )
    welcome = [*WELCOME, *FAX]
    chosen = [*NEEDED, *(name for name in welcome if name in available)]
    lines = "".join(f"load={name}.so\n" for name in chosen)
    return {"modules.conf": f"[modules]\nautoload=no\n{lines}"}
